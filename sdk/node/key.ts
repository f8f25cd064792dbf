import { Failure } from "@keep3r-network/sdk";
import { readFileSync } from "node:fs";
import * as Keystore from "ox/Keystore";
import type { Hex } from "viem";
import { privateKeyToAddress } from "viem/accounts";
import * as z from "zod";
import { type Environment, nonEmpty } from "./environment.js";

const bytes = z.string().regex(/^(?:[0-9a-f]{2})+$/i);
const count = z.number().int().positive();

const cipher = z.object({
  cipher: z.literal("aes-128-ctr"),
  ciphertext: bytes.length(64),
  cipherparams: z.object({ iv: bytes.length(32) }),
  mac: bytes.length(64),
});

const keystoreSchema = z.object({
  version: z.literal(3),
  id: z.string().default(""),
  address: z.string().optional(),
  crypto: z.discriminatedUnion("kdf", [
    cipher.extend({
      kdf: z.literal("scrypt"),
      kdfparams: z.object({ dklen: z.literal(32), n: count, p: count, r: count, salt: bytes }),
    }),
    cipher.extend({
      kdf: z.literal("pbkdf2"),
      kdfparams: z.object({ c: count, dklen: z.literal(32), prf: z.literal("hmac-sha256"), salt: bytes }),
    }),
  ]),
});

/**
 * The key of the environment: from the keystore file KEEP3R_KEYSTORE and its password in KEEP3R_PASSWORD or the file
 * KEEP3R_PASSWORD_FILE, or as it is in KEEP3R_PRIVATE_KEY. Opening a keystore takes a second or more, in which the process
 * does nothing else.
 * @throws {@link Failure} when there is none, or none that can be used; no message has a part of a key or password
 */
export function readKey(env: Environment): Hex {
  const keystore = nonEmpty(env.KEEP3R_KEYSTORE);
  const key = nonEmpty(env.KEEP3R_PRIVATE_KEY);
  if (keystore !== undefined && key !== undefined) {
    throw new Failure("Both KEEP3R_KEYSTORE and KEEP3R_PRIVATE_KEY are set: which key is meant? Unset one of them.");
  }
  if (keystore !== undefined) return decrypt(keystore, passwordOf(env));
  if (key !== undefined) return parseKey(key);
  throw new Failure(
    "There is no key to sign with. Set KEEP3R_KEYSTORE to a keystore file and KEEP3R_PASSWORD_FILE (or " +
      "KEEP3R_PASSWORD) to its password, or set KEEP3R_PRIVATE_KEY. To only see what would be sent: " +
      "--dry-run --from ADDRESS.",
  );
}

function decrypt(file: string, password: string): Hex {
  const text = readText(file, "KEEP3R_KEYSTORE");
  // Some programs compose an accent and its letter before they encrypt, and some take what the keyboard sends
  for (const form of new Set([password.normalize("NFKC"), password])) {
    const key = openKeystore(file, text, form);
    if (key !== undefined) return key;
  }
  throw new Failure(`The password isn't the one of KEEP3R_KEYSTORE (${file}).`);
}

/** Undefined for a wrong password. */
function openKeystore(file: string, text: string, password: string): Hex | undefined {
  try {
    const { address, ...keystore } = keystoreSchema.parse(parseLowerCase(text));
    // Not toKeyAsync: it takes its own r and p for those of the file
    const key = tryDecrypt(keystore, Keystore.toKey(keystore, { password }));
    if (key === undefined) return undefined;
    const claimed = address?.toLowerCase().replace(/^0x/, "");
    if (claimed === undefined || claimed === privateKeyToAddress(key).toLowerCase().slice(2)) return key;
  } catch {
    // Neither zod nor ox says anything here that a user could do more about
  }
  throw new Failure(
    `KEEP3R_KEYSTORE: ${file} isn't a keystore file (JSON, version 3, by scrypt or by pbkdf2 with hmac-sha256).`,
  );
}

/** Once the file is checked, ox refuses nothing but a password that doesn't fit its code. */
function tryDecrypt(keystore: Keystore.Keystore, key: Keystore.Key): Hex | undefined {
  try {
    return Keystore.decrypt(keystore, key);
  } catch {
    return undefined;
  }
}

/** JSON with all names in small letters: ethers writes "Crypto". */
function parseLowerCase(text: string): unknown {
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name.toLowerCase(), inner as unknown]))
      : value,
  );
}

function passwordOf(env: Environment): string {
  const file = nonEmpty(env.KEEP3R_PASSWORD_FILE);
  if (file !== undefined && env.KEEP3R_PASSWORD !== undefined) {
    throw new Failure("Both KEEP3R_PASSWORD and KEEP3R_PASSWORD_FILE are set. Unset one of them.");
  }
  // An editor ends the last line; a password doesn't
  if (file !== undefined) return readText(file, "KEEP3R_PASSWORD_FILE").replace(/\r?\n$/, "");
  if (env.KEEP3R_PASSWORD !== undefined) return env.KEEP3R_PASSWORD;
  throw new Failure("The keystore needs its password: set KEEP3R_PASSWORD_FILE or KEEP3R_PASSWORD.");
}

function parseKey(text: string): Hex {
  const [, digits] = /^(?:0x)?([0-9a-f]{64})$/i.exec(text) ?? [];
  try {
    const key: Hex = `0x${digits ?? ""}`;
    // Not every number of that length is a key
    privateKeyToAddress(key);
    return key;
  } catch {
    // The key itself mustn't get into a log
    throw new Failure("KEEP3R_PRIVATE_KEY isn't a private key: 64 hexadecimal digits, with or without 0x.");
  }
}

function readText(file: string, variable: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new Failure(`${variable}: ${file} can't be read.`);
  }
}
