import { Failure } from "@keep3r-network/sdk";
import * as Keystore from "ox/Keystore";
import { readFileSync } from "node:fs";
import type { Hex } from "viem";
import { privateKeyToAddress } from "viem/accounts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The private key to sign with: of the keystore file that `KEEP3R_KEYSTORE` names, by the password in
 * `KEEP3R_PASSWORD_FILE` or `KEEP3R_PASSWORD`, or `KEEP3R_PRIVATE_KEY` itself. No message has any of the secrets in it.
 * @throws {@link Failure} when there is none, there are two, or it can't be read
 */
export function readKey(env: Environment): Hex {
  const keystore = nonEmpty(env.KEEP3R_KEYSTORE);
  const key = nonEmpty(env.KEEP3R_PRIVATE_KEY);
  if (keystore !== undefined && key !== undefined) {
    throw new Failure("Both KEEP3R_KEYSTORE and KEEP3R_PRIVATE_KEY are set: which key is meant? Unset one of them.");
  }
  if (keystore !== undefined) return decrypt(keystore, passwordOf(env));
  if (key !== undefined) return checkKey(key);
  throw new Failure(
    "There is no key to sign with. Set KEEP3R_KEYSTORE to a keystore file and KEEP3R_PASSWORD_FILE (or " +
      "KEEP3R_PASSWORD) to its password, or set KEEP3R_PRIVATE_KEY. To only see what would be sent: " +
      "--dry-run --from ADDRESS.",
  );
}

/** An environment variable that is set to nothing isn't set. */
export function nonEmpty(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

function decrypt(file: string, password: string): Hex {
  const keystore = parseKeystore(file, readText(file, "KEEP3R_KEYSTORE"));
  try {
    // Not by toKeyAsync, which takes other parameters of scrypt than the keystore's
    return Keystore.decrypt(keystore, Keystore.toKey(keystore, { password }));
  } catch {
    throw new Failure(`The password isn't the one of KEEP3R_KEYSTORE (${file}).`);
  }
}

function parseKeystore(file: string, text: string): Keystore.Keystore {
  try {
    // Wallets differ in whether they write keys in capitals
    const keystore = JSON.parse(text.toLowerCase()) as Keystore.Keystore;
    const { cipher, ciphertext, kdf, kdfparams, mac } = keystore.crypto;
    if (keystore.version !== 3 || cipher !== "aes-128-ctr") throw new Error("another kind of keystore");
    if (!["scrypt", "pbkdf2"].includes(kdf) || typeof kdfparams.salt !== "string") throw new Error("no key derivation");
    if (!/^[0-9a-f]{64}$/.test(ciphertext) || !/^[0-9a-f]{64}$/.test(mac)) throw new Error("no key");
    return keystore;
  } catch {
    throw new Failure(`KEEP3R_KEYSTORE: ${file} isn't a keystore file (JSON, version 3).`);
  }
}

function passwordOf(env: Environment): string {
  const file = nonEmpty(env.KEEP3R_PASSWORD_FILE);
  if (file !== undefined && env.KEEP3R_PASSWORD !== undefined) {
    throw new Failure("Both KEEP3R_PASSWORD and KEEP3R_PASSWORD_FILE are set. Unset one of them.");
  }
  // An editor ends the last line; a password doesn't.
  if (file !== undefined) return readText(file, "KEEP3R_PASSWORD_FILE").replace(/\r?\n$/, "");
  if (env.KEEP3R_PASSWORD !== undefined) return env.KEEP3R_PASSWORD;
  throw new Failure("The keystore needs its password: set KEEP3R_PASSWORD_FILE or KEEP3R_PASSWORD.");
}

function checkKey(text: string): Hex {
  const key = (text.startsWith("0x") ? text : `0x${text}`) as Hex;
  try {
    if (!/^0x[0-9a-f]{64}$/i.test(key)) throw new Error("another length");
    privateKeyToAddress(key);
    return key;
  } catch {
    // The key itself mustn't get into a log.
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
