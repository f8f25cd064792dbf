import path from "node:path";
import { run } from "#tools/entry";
import { measureFirstMinutes } from "#tools/firstMinutes";

/** How long a newcomer waits from a clone to the end of `npm start`; fails beyond the budget. */
run(() => {
  if (!measureFirstMinutes(path.join(__dirname, ".."))) process.exitCode = 1;
});
