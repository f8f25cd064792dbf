import { Failure } from "@keep3r-network/sdk";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../root";
import { check, type Checked, type Claim, type Span, type Status, type Verdict } from "./checker";

const FOLDER = "test/proofs";
const SUFFIX = "Proof.sol";
/** How often a library is checked until all of its claims are settled. */
const ATTEMPTS = 3;
/** Results that say nothing: neither a proof nor a counterexample. */
const OPEN = ["UNPROVED", "NOT REACHED"];

/** `prove_CRD_1_theCapIsKept` has to hold, `refute_theCapIsKept` mustn't; either may carry properties' ids. */
const NAME = /^(prove|refute)_((?:[A-Z]{3}_\d_)*)(\w+)$/;

/** A claim of a proof, and what the checker says of it. */
export interface Row {
  proof: string;
  property: string;
  what: string;
  refutes: boolean;
  assertions: number;
  /** How many of them are as they should be. */
  settled: number;
  result: string;
  /** Whatever isn't as it should be, in the checker's words. */
  complaints: string[];
}

/**
 * Has the compiler's model checker prove what `test/proofs` asserts.
 * @param chosen Libraries whose proofs are checked; all when there are none
 */
export function prove(chosen: readonly string[]): Row[] {
  return namesOfProofs(chosen).flatMap(settledProofsOf);
}

/**
 * A library's proofs. The solver gives some of its methods a time of their own, so that on a busy machine it may leave open
 * what it decides otherwise: what is open is tried again, and a claim that was settled once is settled.
 */
function settledProofsOf(name: string): Row[] {
  let rows = proofsOf(name);
  for (let again = 1; again < ATTEMPTS && rows.some(isOpen); again++) {
    const others = proofsOf(name);
    rows = rows.map((row, index) => (isOpen(row) ? (others[index] ?? row) : row));
  }
  return rows;
}

function isOpen({ result }: Row): boolean {
  return OPEN.includes(result);
}

function namesOfProofs(chosen: readonly string[]): string[] {
  const names = readdirSync(path.join(ROOT, FOLDER))
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length))
    .sort();
  const unknown = chosen.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Failure(`There are proofs of ${names.join(", ")}, not of ${unknown.join(", ")}.`);
  return chosen.length > 0 ? [...chosen] : names;
}

function proofsOf(name: string): Row[] {
  const file = `${FOLDER}/${name}${SUFFIX}`;
  const text = readFileSync(path.join(ROOT, file), "utf8");
  const checked = check(file, text);
  // A proof whose preconditions exclude each other proves anything: each has to reach its assertions
  const falsified = check(file, withFalseAssertions(text, checked.claims));
  const begun = check(file, withFalseBeginnings(text, checked.claims));

  const rows = checked.claims.map((claim) => rowOf(name, claim, checked, { falsified, begun }));
  return [...rows, arithmeticOf(name, checked)];
}

/** The same source with `assert(false)` wherever it asserts anything. */
function withFalseAssertions(text: string, claims: readonly Claim[]): string {
  const source = Buffer.from(text);
  const parts: Buffer[] = [];
  let position = 0;
  for (const { condition } of claims.flatMap(({ assertions }) => assertions)) {
    parts.push(source.subarray(position, condition.start), Buffer.from("false"));
    position = condition.end;
  }
  return Buffer.concat([...parts, source.subarray(position)]).toString();
}

/** The same source with another `assert(false)` right after the preconditions of each claim. */
function withFalseBeginnings(text: string, claims: readonly Claim[]): string {
  const source = Buffer.from(text);
  const parts: Buffer[] = [];
  let position = 0;
  for (const { begin } of claims) {
    parts.push(source.subarray(position, begin), Buffer.from(" assert(false);"));
    position = begin;
  }
  return Buffer.concat([...parts, source.subarray(position)]).toString();
}

/** The claims with assertions that are false. */
interface Falsified {
  /** In the place of each. */
  falsified: Checked;
  /** Before anything else is done. */
  begun: Checked;
}

function rowOf(proof: string, claim: Claim, checked: Checked, falsified: Falsified): Row {
  const [, kind, ids, what] = NAME.exec(claim.name) ?? [];
  if (kind === undefined || ids === undefined || what === undefined) {
    throw new Error(`${claim.name} of ${proof} isn't named prove_... or refute_...`);
  }
  if (claim.assertions.length === 0) throw new Error(`${claim.name} of ${proof} asserts nothing.`);

  const refutes = kind === "refute";
  const wanted: Status = refutes ? "violated" : "proved";
  const verdicts = claim.assertions.map(({ call }) => verdictAt(call, checked.verdicts));
  const missed = verdicts.filter(({ status }) => status !== wanted);
  const wrapped = checked.verdicts.filter(
    ({ span, status }) =>
      status !== "proved" && contains(claim.span, span) && !claim.assertions.some(({ call }) => same(call, span)),
  );
  const unreachable = refutes ? [] : unreachableIn(claim, falsified);

  const complaints = [...missed, ...wrapped, ...unreachable].map(({ message }) => message);
  return {
    proof,
    property: ids.slice(0, -1).replace(/_(\d)/g, "-$1").replaceAll("_", ", "),
    what: inWords(what),
    refutes,
    assertions: verdicts.length,
    settled: complaints.length === 0 ? verdicts.length : 0,
    result: resultOf(refutes, [...missed, ...wrapped], unreachable),
    complaints,
  };
}

function resultOf(refutes: boolean, missed: readonly Verdict[], unreachable: readonly Verdict[]): string {
  if (unreachable.length > 0) return "NOT REACHED";
  if (missed.length === 0) return refutes ? "refuted" : "proved";
  if (refutes) return "NOT REFUTED";
  return missed.some(({ status }) => status === "violated") ? "VIOLATED" : "UNPROVED";
}

/**
 * Those assertions that aren't reached: false ones would be safe there. Where the solver can't tell within its steps, it is
 * enough that the preconditions don't exclude each other.
 */
function unreachableIn({ name }: Claim, { falsified, begun }: Falsified): Verdict[] {
  const isBegun = verdictAt(claimOf(name, begun).assertions[0]?.call, begun.verdicts).status === "violated";
  return claimOf(name, falsified)
    .assertions.map(({ call }) => verdictAt(call, falsified.verdicts))
    .filter(({ status }) => status !== "violated" && !(status === "unproved" && isBegun))
    .map((verdict) => ({ ...verdict, message: `assert(false) in its place: ${verdict.message}` }));
}

function claimOf(name: string, { claims }: Checked): Claim {
  const claim = claims.find((other) => other.name === name);
  if (claim === undefined) throw new Error(`${name} was lost.`);
  return claim;
}

/** Checked arithmetic outside the proofs: the library's own, and that of functions it calls. */
function arithmeticOf(proof: string, { claims, verdicts }: Checked): Row {
  const outside = verdicts.filter(({ span }) => !claims.some((claim) => contains(claim.span, span)));
  const operations = new Set(outside.map(({ span }) => `${span.file}:${span.start}:${span.end}`)).size;
  const failed = outside.filter(({ status }) => status !== "proved");
  return {
    proof,
    property: "",
    what: `no overflow, underflow or division by zero in the ${operations} checked operations that it calls`,
    refutes: false,
    assertions: 0,
    settled: 0,
    result: resultOf(false, failed, []),
    complaints: failed.map(({ message, span }) => `${span.file}, byte ${span.start}: ${message}`),
  };
}

/** The verdict on an assertion; silence proves nothing. */
function verdictAt(span: Span | undefined, verdicts: readonly Verdict[]): Verdict {
  if (span === undefined) throw new Error("There is no assertion to look for.");
  const found = verdicts.filter((verdict) => same(verdict.span, span));
  const worst = found.find(({ status }) => status !== "proved") ?? found[0];
  return worst ?? { status: "unproved", message: "The checker says nothing of it.", span };
}

function same(a: Span, b: Span): boolean {
  return a.file === b.file && a.start === b.start && a.end === b.end;
}

function contains(outer: Span, inner: Span): boolean {
  return outer.file === inner.file && outer.start <= inner.start && inner.end <= outer.end;
}

function inWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
