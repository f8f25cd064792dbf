import { run } from "#tools/entry";
import { prove } from "#tools/prove/proofs";
import { printProofs } from "#tools/prove/table";

run(
  {
    command: "npm run prove",
    does: "Has the compiler's model checker prove what test/proofs asserts of the libraries; of all unless some are named.",
    words: { name: "LIBRARY ...", says: "libraries whose proofs are checked" },
    example: "npm run prove -- CreditMath",
  },
  (_, libraries) => {
    const rows = prove(libraries);
    printProofs(rows);
    if (rows.some(({ complaints }) => complaints.length > 0)) process.exitCode = 1;
  },
);
