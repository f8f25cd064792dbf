/**
 * Whether the contracts are instrumented, as they are while coverage is measured. Instrumented code uses more gas than the
 * payments are calibrated for, so it can't be tested for what it costs.
 */
export const INSTRUMENTED = process.env.SOLIDITY_COVERAGE === "true";

/** A test of gas or pay: skipped for instrumented code. */
export const itMeasured = INSTRUMENTED ? it.skip : it;

/** Tests of gas or pay: skipped for instrumented code. */
export const describeMeasured = INSTRUMENTED ? describe.skip : describe;
