import type { Groups } from "../command.js";
import { DISPUTE_COMMANDS } from "./disputes.js";
import { GOVERNANCE_COMMANDS } from "./governance.js";
import { FUND_COMMANDS } from "./jobFunds.js";
import { JOB_LIST } from "./jobList.js";
import { JOB_NEW } from "./jobNew.js";
import { MIGRATION_COMMANDS } from "./jobMigration.js";
import { OWNERSHIP_COMMANDS } from "./jobs.js";
import { BOND_COMMANDS } from "./keeperBonds.js";
import { KEEPER_LIST } from "./keeperList.js";
import { KEEPER_OWNERSHIP_COMMANDS } from "./keepers.js";
import { LIQUIDITY_COMMANDS } from "./liquidity.js";
import { ORACLE_COMMANDS } from "./oracle.js";
import { PARAMETER_COMMANDS } from "./parameters.js";
import { JOB_REPORT } from "./reportJob.js";
import { KEEPER_REPORT } from "./reportKeeper.js";
import { PRICES } from "./reportPrices.js";
import { ROLE_COMMANDS } from "./roles.js";

/** All commands, as people look for them. */
export const GROUPS: Groups = {
  job: {
    about: "jobs and what pays for their work",
    commands: { list: JOB_LIST, new: JOB_NEW, ...OWNERSHIP_COMMANDS, ...FUND_COMMANDS, ...MIGRATION_COMMANDS },
  },
  keeper: {
    about: "keepers and their bonds",
    commands: { list: KEEPER_LIST, ...BOND_COMMANDS, ...KEEPER_OWNERSHIP_COMMANDS },
  },
  network: {
    about: "governance, disputes and liquidity",
    commands: {
      ...PARAMETER_COMMANDS,
      ...ROLE_COMMANDS,
      ...GOVERNANCE_COMMANDS,
      ...LIQUIDITY_COMMANDS,
      ...DISPUTE_COMMANDS,
    },
  },
  report: {
    about: "what there is, and how long it lasts",
    commands: { prices: PRICES, job: JOB_REPORT, keeper: KEEPER_REPORT },
  },
  oracle: { about: "the prices that KP3R is paid by", commands: ORACLE_COMMANDS },
};
