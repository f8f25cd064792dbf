import { expect } from "chai";
import type { Reply } from "./server";

export const result = (value: unknown): Reply => ({ result: value });

export const rpcError = (code: number, message: string, data?: unknown): Reply => ({
  error: { code, message, ...(data === undefined ? {} : { data }) },
});

export const page = (status: number, body = "", headers: Record<string, string> = {}): Reply => ({
  status,
  body,
  headers: { "Content-Type": "text/html", ...headers },
});

/** A JSON-RPC error that comes with an HTTP status. */
export const refusal = (status: number, code: number, message: string): Reply => ({
  status,
  body: JSON.stringify({ jsonrpc: "2.0", id: 1, error: { code, message } }),
  headers: { "Content-Type": "application/json" },
});

/** A clock that stands still and remembers how long one would have waited, and no chance. */
export function patience(): { waits: number[]; sleep: (milliseconds: number) => Promise<void>; random: () => number } {
  const waits: number[] = [];
  const sleep = (milliseconds: number): Promise<void> => {
    waits.push(milliseconds);
    return Promise.resolve();
  };
  return { waits, sleep, random: () => 0 };
}

/** What a promise fails with. */
export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => expect.fail("it doesn't fail"),
    (error: unknown) => error as Error,
  );
}
