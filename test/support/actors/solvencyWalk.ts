import { WAD } from "@keep3r-network/sdk";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/signers";
import { FIRST_WORK_GAS, payFor } from "../payments/rate";
import { arriving, Books, OTHER_TOKENS, type OtherTokenName, type TokenName, TOKENS } from "../tokens/books";
import { lessFee } from "../tokens/credits";
import type { Random } from "../tools/random";
import { passUnbondTime } from "../tools/time";
import { MAX_GAS_PER_WORK, type SolvencyWorld } from "../worlds/solvency";

/** A random walk of keepers, a job and its owner that books what it does. */
export class SolvencyWalk {
  readonly books = new Books();
  readonly totals = { activated: 0n, rewarded: 0n, slashed: 0n, withdrawn: 0n, revokedPending: 0n };
  /** How often each action did something. */
  readonly taken = new Map<string, number>();
  readonly #world: SolvencyWorld;
  readonly #random: Random;
  readonly #inactive = new Set<string>();
  readonly #actions: readonly [string, ...string[]];
  readonly #tokens: readonly [TokenName, ...TokenName[]];

  constructor(
    world: SolvencyWorld,
    random: Random,
    actions: readonly [string, ...string[]],
    tokens: readonly [TokenName, ...TokenName[]] = TOKENS,
  ) {
    this.#world = world;
    this.#random = random;
    this.#actions = actions;
    this.#tokens = tokens;
  }

  token(name: TokenName) {
    const { kp3r, token, fee, noReturn, reentrant } = this.#world;
    return { kp3r, honest: token, fee, noReturn, reentrant }[name];
  }

  /** Takes one action. An action that is impossible at the moment is drawn again. */
  async step(): Promise<string> {
    for (;;) {
      const action = this.#random.pick(this.#actions);
      const keeper = this.#random.pick(this.#world.keepers);
      const name = this.#random.pick(this.#tokens);
      const otherName = this.#random.pick(OTHER_TOKENS);
      const paid = await this.#arm();

      const done = await this.#take(action, keeper, name, otherName);

      if (paid !== undefined && (await this.#world.reentrant.answered())) {
        this.books.bondsOf(paid.keeper, "kp3r").bonded += paid.amount;
        this.totals.rewarded += paid.amount;
        this.#count("paid in the middle of a transfer");
      }
      if (!done) continue;
      this.#count(action);
      return `${action} of ${name} or ${otherName}`;
    }
  }

  #count(action: string): void {
    this.taken.set(action, (this.taken.get(action) ?? 0) + 1);
  }

  /** Lets the re-entrant token call the network in its next transfer: a payment in bonds may succeed. */
  async #arm(): Promise<{ keeper: string; amount: bigint } | undefined> {
    const { keep3r, reentrant, keepers, kp3r } = this.#world;
    const { address } = this.#random.pick(keepers);
    const amount = this.#amount(WAD);
    const token = await reentrant.getAddress();
    const coder = keep3r.interface;
    const payment = coder.encodeFunctionData("bondedPayment", [address, amount]);
    const call = this.#random.pick([
      payment,
      payment,
      coder.encodeFunctionData("bond", [await kp3r.getAddress(), 0n]),
      coder.encodeFunctionData("withdrawFor", [address, token]),
      coder.encodeFunctionData("directTokenPayment", [token, address, 0n]),
      coder.encodeFunctionData("addJob", [token]),
    ]);
    await reentrant.arm(keep3r, call);
    return call === payment ? { keeper: address, amount } : undefined;
  }

  #amount(highest: bigint): bigint {
    return this.#random.betweenBig(1n, highest);
  }

  async #take(action: string, keeper: HardhatEthersSigner, name: TokenName, other: OtherTokenName): Promise<boolean> {
    switch (action) {
      case "bond":
        return this.#bond(keeper, name);
      case "activate":
        return this.#activate(keeper, name);
      case "unbond":
        return this.#unbond(keeper, name);
      case "withdraw":
        return this.#withdraw(keeper, name);
      case "slash":
        return this.#slash(keeper, name);
      case "revoke":
        return this.#revoke(keeper);
      case "addTokenCredits":
        return this.#addCredits(other);
      case "withdrawTokenCredits":
        return this.#withdrawCredits(other);
      case "directTokenPayment":
        return this.#payInToken(keeper, other);
      case "bondedPayment":
        return this.#payInBonds(keeper);
      case "worked":
        return this.#work(keeper);
      case "donate":
        await this.token(name).connect(keeper).transfer(this.#world.keep3r, this.#amount(WAD));
        return true;
      default:
        throw new Error(`There is no action ${action}.`);
    }
  }

  async #bond(keeper: HardhatEthersSigner, name: TokenName): Promise<boolean> {
    const amount = this.#random.between(0, 9) === 0 ? 0n : this.#amount(20n * WAD);
    await this.#world.keep3r.connect(keeper).bond(this.token(name), amount);
    const bonds = this.books.bondsOf(keeper.address, name);
    bonds.pending += arriving(name, amount);
    bonds.started = true;
    return true;
  }

  async #activate(keeper: HardhatEthersSigner, name: TokenName): Promise<boolean> {
    const bonds = this.books.bondsOf(keeper.address, name);
    if (!bonds.started) return false;

    await this.#world.keep3r.connect(keeper).activate(this.token(name));
    if (name === "kp3r") this.totals.activated += bonds.pending;
    bonds.bonded += bonds.pending;
    bonds.pending = 0n;
    bonds.started = false;
    this.#inactive.delete(keeper.address);
    return true;
  }

  async #unbond(keeper: HardhatEthersSigner, name: TokenName): Promise<boolean> {
    const bonds = this.books.bondsOf(keeper.address, name);
    if (bonds.bonded === 0n) return false;

    const amount = this.#amount(bonds.bonded);
    await this.#world.keep3r.connect(keeper).unbond(this.token(name), amount);
    bonds.bonded -= amount;
    bonds.unbonding += amount;
    return true;
  }

  async #withdraw(keeper: HardhatEthersSigner, name: TokenName): Promise<boolean> {
    const bonds = this.books.bondsOf(keeper.address, name);
    if (bonds.unbonding === 0n) return false;

    await passUnbondTime();
    await this.#world.keep3r.connect(keeper).withdraw(this.token(name));
    if (name === "kp3r") this.totals.withdrawn += bonds.unbonding;
    bonds.unbonding = 0n;
    return true;
  }

  async #slash(keeper: HardhatEthersSigner, name: TokenName): Promise<boolean> {
    const { keep3r, disputer, slasher } = this.#world;
    const bonds = this.books.bondsOf(keeper.address, name);
    if (bonds.bonded + bonds.unbonding === 0n) return false;

    const wanted = this.#amount(10n * WAD);
    await keep3r.connect(disputer).dispute(keeper);
    await keep3r.connect(slasher).slash(keeper, this.token(name), wanted / 2n, wanted - wanted / 2n);
    await keep3r.connect(disputer).resolve(keeper);
    const fromUnbonding = least(wanted, bonds.unbonding);
    const fromBonded = least(wanted - fromUnbonding, bonds.bonded);
    bonds.unbonding -= fromUnbonding;
    bonds.bonded -= fromBonded;
    if (name === "kp3r") this.totals.slashed += fromUnbonding + fromBonded;
    return true;
  }

  async #revoke(keeper: HardhatEthersSigner): Promise<boolean> {
    const { keep3r, disputer, slasher } = this.#world;
    const bonds = this.books.bondsOf(keeper.address, "kp3r");
    await keep3r.connect(disputer).dispute(keeper);
    await keep3r.connect(slasher).revoke(keeper);
    await keep3r.connect(disputer).resolve(keeper);
    await keep3r.reinstate(keeper);
    this.totals.slashed += bonds.bonded + bonds.unbonding;
    this.totals.revokedPending += bonds.pending;
    this.books.revoke(keeper.address);
    this.#inactive.add(keeper.address);
    return true;
  }

  async #addCredits(name: OtherTokenName): Promise<boolean> {
    const { keep3r, job, jobOwner } = this.#world;
    const amount = this.#amount(10n * WAD);
    await keep3r.connect(jobOwner).addTokenCreditsToJob(job, this.token(name), amount);
    this.books.credits[name] += lessFee(arriving(name, amount));
    return true;
  }

  async #withdrawCredits(name: OtherTokenName): Promise<boolean> {
    const { keep3r, job, jobOwner } = this.#world;
    if (this.books.credits[name] === 0n) return false;

    const amount = this.#amount(this.books.credits[name]);
    await keep3r.connect(jobOwner).withdrawTokenCreditsFromJob(job, this.token(name), amount, jobOwner);
    this.books.credits[name] -= amount;
    return true;
  }

  async #payInToken(keeper: HardhatEthersSigner, name: OtherTokenName): Promise<boolean> {
    if (this.books.credits[name] === 0n || this.#inactive.has(keeper.address)) return false;

    const amount = this.#amount(this.books.credits[name]);
    await this.#world.job.connect(keeper).workForToken(0n, this.token(name), amount);
    this.books.credits[name] -= amount;
    return true;
  }

  async #payInBonds(keeper: HardhatEthersSigner): Promise<boolean> {
    if (this.#inactive.has(keeper.address)) return false;

    const payment = this.#amount(WAD);
    await this.#world.job.connect(keeper).workForAmount(0n, payment);
    this.#reward(keeper, payment);
    return true;
  }

  async #work(keeper: HardhatEthersSigner): Promise<boolean> {
    if (this.#inactive.has(keeper.address)) return false;

    await this.#world.job.connect(keeper).work(MAX_GAS_PER_WORK);
    this.#reward(keeper, payFor(MAX_GAS_PER_WORK + FIRST_WORK_GAS));
    return true;
  }

  #reward(keeper: HardhatEthersSigner, payment: bigint): void {
    this.books.bondsOf(keeper.address, "kp3r").bonded += payment;
    this.totals.rewarded += payment;
  }
}

function least(one: bigint, another: bigint): bigint {
  return one < another ? one : another;
}
