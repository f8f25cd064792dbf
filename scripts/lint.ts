import { run } from "#tools/entry";
import { lint } from "#tools/lint";

run(
  {
    command: "npm run lint",
    does: "Checks who imports whom, then runs ESLint, Solhint, Prettier and the TypeScript compiler over everything.",
    example: "npm run lint",
  },
  lint,
);
