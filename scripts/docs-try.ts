import { tryPages } from "#tools/docs/try";
import { run } from "#tools/entry";
import { ROOT } from "#tools/root";

run(
  {
    command: "npm run docs:try",
    does:
      "Clones what is committed, and runs the commands of the documentation there as a newcomer would. Fails if one fails, " +
      "or doesn't print what its page says.",
    words: { name: "PAGE ...", says: "pages, all unless given" },
    example: "npm run docs:try -- docs/operate.md",
  },
  async (_, pages) => {
    if (!(await tryPages(ROOT, pages))) process.exitCode = 1;
  },
);
