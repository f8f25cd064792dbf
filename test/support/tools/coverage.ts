/**
 * Whether the contracts are instrumented, as they are while coverage is measured. Instrumented code uses more gas than the
 * payments are calibrated for, so its costs can't be tested.
 */
export const INSTRUMENTED = process.env.SOLIDITY_COVERAGE === "true";

/** A test of gas or pay: skipped for instrumented code. */
export function itMeasured(title: string, test: Mocha.AsyncFunc): void {
  (INSTRUMENTED ? it.skip : it)(title, test);
}

/** A test that plays hours of a market, block by block: skipped for instrumented code, which is slow and which others cover. */
export function itAtLength(title: string, test: Mocha.AsyncFunc): void {
  (INSTRUMENTED ? it.skip : it)(title, test);
}

/** Tests of gas or pay: skipped for instrumented code. */
export function describeMeasured(title: string, define: (this: Mocha.Suite) => void): void {
  (INSTRUMENTED ? describe.skip : describe)(title, define);
}
