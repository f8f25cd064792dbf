import { run } from "#tools/entry";
import { prove } from "#tools/prove/proofs";
import { printProofs } from "#tools/prove/table";

/** Takes the names of libraries; without any, checks the proofs of all. */
run((args) => {
  const rows = prove(args);
  printProofs(rows);
  if (rows.some(({ complaints }) => complaints.length > 0)) process.exitCode = 1;
});
