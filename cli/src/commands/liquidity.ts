import { showAmount } from "@keep3r-network/sdk";
import { callOf } from "../call.js";
import type { Commands } from "../command.js";
import { amountOf, KP3R } from "../json.js";
import { AMOUNT, JOB, LIQUIDITY } from "../options.js";

/** What mines credits, and what governance gives without mining. */
export const LIQUIDITY_COMMANDS: Commands = {
  "approve-liquidity": {
    about: "lets a kind of liquidity mine credits (governance)",
    options: { liquidity: LIQUIDITY },
    examples: ["--liquidity KP3R_WETH"],
    async plan(session) {
      const liquidity = await session.contract("liquidity");
      const call = callOf(session.keep3r, "approveLiquidity", [liquidity]);
      return { facts: [["liquidity", liquidity]], steps: [{ call }] };
    },
  },

  "revoke-liquidity": {
    about: "stops a kind of liquidity from mining; its tokens stay their jobs' (governance)",
    options: { liquidity: LIQUIDITY },
    examples: ["--liquidity KP3R_WETH"],
    async plan(session) {
      const liquidity = await session.contract("liquidity");
      const call = callOf(session.keep3r, "revokeLiquidity", [liquidity]);
      return { facts: [["liquidity", liquidity]], steps: [{ call }] };
    },
  },

  "force-credits": {
    about: "gives a job KP3R credits that nothing has mined (governance)",
    options: { job: JOB, amount: { ...AMOUNT, about: "in whole KP3R, such as 12.5" } },
    examples: ["--job Keep3rOracle --amount 12.5"],
    async plan(session) {
      const job = await session.contract("job");
      const amount = session.amount(KP3R);
      const call = callOf(session.keep3r, "forceLiquidityCreditsToJob", [job, amount]);
      return {
        facts: [
          ["job", job],
          ["credits", showAmount(amount, KP3R), amountOf(amount)],
        ],
        steps: [{ call }],
      };
    },
  },
};
