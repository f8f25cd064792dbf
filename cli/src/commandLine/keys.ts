import { Failure } from "@keep3r-network/sdk";
import * as Mnemonic from "ox/Mnemonic";

/** 32 bytes: no address or amount is as long, and no command takes a hash. */
const KEY = /^(-[^=]*=)?(0x)?[0-9a-f]{64}$/i;
const KEY_OPTION = /^--?(private-?key|key|secret|seed|mnemonic|phrase|password|passphrase)\b/i;

/** Keys come from a file or the environment. The message never repeats what it refuses. */
export function refuseKeys(words: readonly string[]): void {
  if (!words.some((word) => KEY.test(word) || KEY_OPTION.test(word) || isPhrase(word))) return;
  throw new Failure(
    "A key, phrase or password must not be an argument: the shell keeps arguments in its history, and every user of " +
      "the machine sees them. Consider this one known to others. Set KEEP3R_KEYSTORE, or KEEP3R_PRIVATE_KEY, instead.",
  );
}

function isPhrase(text: string): boolean {
  return Mnemonic.validate(text.trim().toLowerCase().split(/\s+/).join(" "), Mnemonic.english);
}
