import { Wallet } from "ethers";
import { readFileSync } from "node:fs";
import { nonEmpty } from "./deploymentFile";
import { Failure } from "@keep3r-network/sdk";

/** The key of the environment: from a keystore file and its password, or as it is. */
export async function loadWallet(env: NodeJS.ProcessEnv): Promise<Wallet> {
  const keystore = nonEmpty(env.KEEP3R_KEYSTORE);
  const key = nonEmpty(env.KEEP3R_PRIVATE_KEY);
  if (keystore !== undefined && key !== undefined) {
    throw new Failure("Both KEEP3R_KEYSTORE and KEEP3R_PRIVATE_KEY are set: which key is meant? Unset one of them.");
  }
  if (keystore !== undefined) return decrypt(keystore, passwordOf(env));
  if (key !== undefined) return fromKey(key);
  throw new Failure(
    "There is no key to sign with. Set KEEP3R_KEYSTORE to a keystore file and KEEP3R_PASSWORD_FILE (or " +
      "KEEP3R_PASSWORD) to its password, or set KEEP3R_PRIVATE_KEY. To only see what would be sent: " +
      "--dry-run --from ADDRESS.",
  );
}

async function decrypt(file: string, password: string): Promise<Wallet> {
  const json = readText(file, "KEEP3R_KEYSTORE");
  try {
    const { privateKey } = await Wallet.fromEncryptedJson(json, password);
    return new Wallet(privateKey);
  } catch (error) {
    const wrong = error instanceof Error && /incorrect password/i.test(error.message);
    throw new Failure(
      wrong
        ? `The password isn't the one of KEEP3R_KEYSTORE (${file}).`
        : `KEEP3R_KEYSTORE: ${file} isn't a keystore file (JSON, version 3).`,
    );
  }
}

function passwordOf(env: NodeJS.ProcessEnv): string {
  const file = nonEmpty(env.KEEP3R_PASSWORD_FILE);
  if (file !== undefined && env.KEEP3R_PASSWORD !== undefined) {
    throw new Failure("Both KEEP3R_PASSWORD and KEEP3R_PASSWORD_FILE are set. Unset one of them.");
  }
  // An editor ends the last line; a password doesn't.
  if (file !== undefined) return readText(file, "KEEP3R_PASSWORD_FILE").replace(/\r?\n$/, "");
  if (env.KEEP3R_PASSWORD !== undefined) return env.KEEP3R_PASSWORD;
  throw new Failure("The keystore needs its password: set KEEP3R_PASSWORD_FILE or KEEP3R_PASSWORD.");
}

function fromKey(key: string): Wallet {
  try {
    return new Wallet(key);
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
