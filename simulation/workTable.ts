import { amount, count, gwei, moment, percent } from "@keep3r-network/sdk";
import { type Column, tableHead, tableRow } from "@keep3r-network/sdk/node";
import { WAD } from "@keep3r-network/sdk";
import { total } from "./checks";
import type { Work } from "./keeper";

const COLUMNS: readonly Column[] = [
  { width: 11, head: ["time", "UTC"] },
  { width: 10, head: ["gas", "used"] },
  { width: 6, head: ["price", "gwei"] },
  { width: 8, head: ["cost", "ETH"] },
  { width: 8, head: ["reward", "KP3R"] },
  { width: 8, head: ["worth", "ETH"] },
  { width: 7, head: ["paid /", "cost"] },
  { width: 8, head: ["credits", "before"] },
  { width: 8, head: ["after", "KP3R"] },
  { width: 7, head: ["TWAP", "ETH"] },
  { width: 7, head: ["spot", "ETH"] },
];

/** A line for every n-th work, and one for the sum of all. */
export class WorkTable {
  readonly #every: number;
  #count = 0;

  constructor(every: number) {
    this.#every = every;
    tableHead(COLUMNS);
  }

  add(work: Work): void {
    if (this.#count++ % this.#every !== 0) return;

    tableRow(COLUMNS, [
      moment(work.timestamp).slice(5),
      count(work.gasUsed),
      gwei(work.gasPrice),
      amount(work.cost, 6),
      amount(work.reward, 6),
      amount(work.worth, 6),
      percent(work.worth, work.cost),
      amount(work.creditsBefore, 4),
      amount(work.creditsAfter, 4),
      amount((WAD * WAD) / work.kp3rPerEth, 5),
      amount(work.spotPrice, 5),
    ]);
  }

  sum(works: readonly Work[]): void {
    const { gas, cost, reward, worth } = total(works);
    tableRow(COLUMNS, [
      `all ${works.length}`,
      count(gas),
      gwei(cost / gas),
      amount(cost, 6),
      amount(reward, 6),
      amount(worth, 6),
      percent(worth, cost),
    ]);
  }
}
