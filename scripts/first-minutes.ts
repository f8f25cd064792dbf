import { run } from "#tools/entry";
import { measureFirstMinutes } from "#tools/firstMinutes";
import { ROOT } from "#tools/root";

run(
  {
    command: "npm run first-minutes",
    does: "Clones what is committed, times a newcomer's way to the end of `npm start`, and fails beyond the budget.",
    example: "npm run first-minutes",
  },
  () => {
    if (!measureFirstMinutes(ROOT)) process.exitCode = 1;
  },
);
