import { Failure } from "@keep3r-network/sdk";
import { nonEmpty, readKey, refuseLostDryRun } from "@keep3r-network/sdk/node";
import { expect } from "chai";
import { encryptKeystoreJson, Wallet } from "ethers";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as Keystore from "ox/Keystore";
import path from "node:path";

const KEY = `0x${"1f".repeat(32)}` as const;
const ACCOUNT = new Wallet(KEY).address;
const PASSWORD = "hunter2";
/** Cheap to derive, and with the r and p that geth and ethers use. */
const SCRYPT = { N: 1024, r: 8, p: 1 };

describe("The SDK's keys", () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "keep3r-keys-"));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  function write(name: string, content: unknown): string {
    const file = path.join(folder, name);
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return file;
  }

  async function byEthers(password = PASSWORD): Promise<Record<string, unknown>> {
    const json = await encryptKeystoreJson({ address: ACCOUNT, privateKey: KEY }, password, { scrypt: SCRYPT });
    return JSON.parse(json) as Record<string, unknown>;
  }

  function byOx(kdf: "scrypt" | "pbkdf2"): Record<string, unknown> {
    const [key, options] =
      kdf === "scrypt"
        ? Keystore.scrypt({ password: PASSWORD, n: 1024, r: 8, p: 1 })
        : Keystore.pbkdf2({ password: PASSWORD, iterations: 1000 });
    return { ...Keystore.encrypt(KEY, key, options) };
  }

  function messageFor(env: Record<string, string>): string {
    try {
      readKey(env);
      return "read";
    } catch (error) {
      expect(error).to.be.instanceOf(Failure);
      const { message, stack = "" } = error as Failure;
      expect(`${message}${stack}`).to.not.match(/1f1f|swordfish/);
      return message;
    }
  }

  describe("readKey", () => {
    it("takes a key as it is, with or without 0x", () => {
      expect(readKey({ KEEP3R_PRIVATE_KEY: KEY })).to.equal(KEY);
      expect(readKey({ KEEP3R_PRIVATE_KEY: KEY.slice(2), KEEP3R_KEYSTORE: "" })).to.equal(KEY);
    });

    it("refuses what isn't a key", () => {
      const order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
      for (const key of [
        "0xabc123",
        "1f1f",
        `${KEY}1f`,
        ` ${KEY}`,
        `${KEY}\n`,
        "0".repeat(64),
        order,
        "z".repeat(64),
      ]) {
        expect(messageFor({ KEEP3R_PRIVATE_KEY: key })).to.equal(
          "KEEP3R_PRIVATE_KEY isn't a private key: 64 hexadecimal digits, with or without 0x.",
        );
      }
    });

    it("opens keystores of ethers and of geth's form, by either way to derive a key", async () => {
      for (const content of [await byEthers(), byOx("scrypt"), byOx("pbkdf2")]) {
        const keystore = write("keystore.json", content);
        expect(readKey({ KEEP3R_KEYSTORE: keystore, KEEP3R_PASSWORD: PASSWORD })).to.equal(KEY);
      }
    });

    it("takes the password from a file, without the end of its line", () => {
      const keystore = write("keystore.json", byOx("pbkdf2"));
      for (const [end, opens] of [
        ["", true],
        ["\n", true],
        ["\r\n", true],
        ["\n\n", false],
      ] as const) {
        const env = { KEEP3R_KEYSTORE: keystore, KEEP3R_PASSWORD_FILE: write("password", `${PASSWORD}${end}`) };
        if (opens) expect(readKey(env)).to.equal(KEY);
        else expect(messageFor(env)).to.include("The password isn't the one");
      }
    });

    it("takes a password with accents, composed or not", async () => {
      const [composed, parts] = ["caf\u00e9", "cafe\u0301"];
      for (const typed of [composed, parts]) {
        const keystore = write("keystore.json", await byEthers(composed));
        expect(readKey({ KEEP3R_KEYSTORE: keystore, KEEP3R_PASSWORD: typed })).to.equal(KEY);
      }
      const [key, options] = Keystore.pbkdf2({ password: parts, iterations: 1000 });
      const exact = write("keystore.json", Keystore.encrypt(KEY, key, options));
      expect(readKey({ KEEP3R_KEYSTORE: exact, KEEP3R_PASSWORD: parts })).to.equal(KEY);
    });

    it("tells a wrong password from a file that isn't a keystore", async () => {
      const keystore = write("keystore.json", await byEthers());
      expect(messageFor({ KEEP3R_KEYSTORE: keystore, KEEP3R_PASSWORD: "swordfish" })).to.equal(
        `The password isn't the one of KEEP3R_KEYSTORE (${keystore}).`,
      );

      const good = byOx("scrypt");
      const crypto = good.crypto as Record<string, unknown>;
      const kdfparams = crypto.kdfparams as Record<string, unknown>;
      for (const content of [
        ...["", "hunter2", "[]", "null", "{}"],
        ...[
          { ...good, version: 1 },
          { ...good, crypto: {} },
          { ...good, address: "11".repeat(20) },
        ],
        ...[
          { ...good, crypto: { ...crypto, kdf: "argon2" } },
          { ...good, crypto: { ...crypto, mac: "zz" } },
        ],
        ...[{ ...good, crypto: { ...crypto, cipher: "aes-256-ctr" } }],
        ...[{ ...good, crypto: { ...crypto, kdfparams: { ...kdfparams, n: 1023 } } }],
        ...[{ ...good, crypto: { ...crypto, kdfparams: { ...kdfparams, n: 2 ** 40 } } }],
      ]) {
        const file = write("broken.json", content);
        expect(messageFor({ KEEP3R_KEYSTORE: file, KEEP3R_PASSWORD: PASSWORD }), JSON.stringify(content)).to.equal(
          `KEEP3R_KEYSTORE: ${file} isn't a keystore file (JSON, version 3, by scrypt or by pbkdf2 with hmac-sha256).`,
        );
      }
    });

    it("says which variable is missing, or one too many", () => {
      const keystore = write("keystore.json", byOx("pbkdf2"));
      const both = "Unset one of them.";
      expect(messageFor({})).to.match(
        /^There is no key to sign with. Set KEEP3R_KEYSTORE .* --dry-run --from ADDRESS.$/,
      );
      expect(messageFor({ KEEP3R_KEYSTORE: keystore, KEEP3R_PRIVATE_KEY: KEY })).to.include(both);
      expect(messageFor({ KEEP3R_KEYSTORE: keystore, KEEP3R_PASSWORD: "", KEEP3R_PASSWORD_FILE: "x" })).to.include(
        both,
      );
      expect(messageFor({ KEEP3R_KEYSTORE: keystore })).to.include("set KEEP3R_PASSWORD_FILE or KEEP3R_PASSWORD.");
    });

    it("says which file can't be read", () => {
      const keystore = write("keystore.json", byOx("pbkdf2"));
      expect(messageFor({ KEEP3R_KEYSTORE: "/nowhere", KEEP3R_PASSWORD: "x" })).to.equal(
        "KEEP3R_KEYSTORE: /nowhere can't be read.",
      );
      expect(messageFor({ KEEP3R_KEYSTORE: keystore, KEEP3R_PASSWORD_FILE: "/nowhere" })).to.equal(
        "KEEP3R_PASSWORD_FILE: /nowhere can't be read.",
      );
    });
  });

  describe("nonEmpty", () => {
    it("takes nothing for something that isn't set", () => {
      expect([undefined, "", " ", "x"].map(nonEmpty)).to.deep.equal([undefined, undefined, " ", "x"]);
    });
  });

  describe("refuseLostDryRun", () => {
    it("refuses a dry run that npm has kept for itself", () => {
      const env = { npm_config_dry_run: "true" };
      expect(() => refuseLostDryRun(["--job", "a"], env)).to.throw(Failure, "npm took --dry-run for itself");
      refuseLostDryRun(["--dry-run"], env);
      refuseLostDryRun([], {});
    });
  });
});
