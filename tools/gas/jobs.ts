import { BRIDGE_ROWS } from "./jobs/bridges";
import { HARVEST_ROWS } from "./jobs/harvest";
import { HEGIC_ROWS } from "./jobs/hegic";
import { LIQUIDATION_ROWS } from "./jobs/liquidation";
import { MIXIN_ROWS } from "./jobs/mixins";
import { REBALANCE_ROWS } from "./jobs/rebalance";
import { RELAY_ROWS } from "./jobs/relay";
import type { Measure } from "./stage";

/** What the jobs of the library cost their keepers, without a budget: a transaction in all, its payment included. */
export const JOB_ROWS: Record<string, Measure> = {
  ...HEGIC_ROWS,
  ...HARVEST_ROWS,
  ...LIQUIDATION_ROWS,
  ...REBALANCE_ROWS,
  ...RELAY_ROWS,
  ...BRIDGE_ROWS,
  ...MIXIN_ROWS,
};
