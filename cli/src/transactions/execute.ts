import type { Mined, Plan } from "../command.js";
import { Interrupted } from "../errors.js";
import type { Session } from "../session.js";
import { checkDependent, estimate } from "./estimate.js";
import { catchUp, send } from "./send.js";
import type { Teller } from "./teller.js";

/** Tells what would be sent, and what it would cost. */
export async function rehearse(session: Session, name: string, plan: Plan, teller: Teller): Promise<void> {
  const plans = await foresee(plan);
  await teller.begin(session, name, plan, countSteps(plans));
  for (const [index, { facts, steps }] of plans.entries()) {
    if (index > 0) teller.goOn(facts, { expected: true });
    for (const step of steps) {
      if (step.dependent) {
        await checkDependent(session, step);
        teller.planned(step);
      } else {
        const estimated = await estimate(session, step);
        teller.planned(step, estimated);
      }
    }
  }
  teller.end(true);
}

/** Tells what is sent, sends it, and tells what it cost. */
export async function execute(session: Session, name: string, plan: Plan, teller: Teller): Promise<void> {
  const plans = await foresee(plan);
  await teller.begin(session, name, plan, countSteps(plans));
  // What others need is sent only if nothing else stands in the way of them.
  for (const step of plans.flatMap(({ steps }) => steps)) if (step.dependent) await checkDependent(session, step);

  const sent: Mined[] = [];
  let left: string | undefined;
  try {
    for (let current = plan; ;) {
      await sendSteps(session, current, sent, teller);
      const last = sent[sent.length - 1]!;
      if (current.next === undefined) break;
      left = current.next.left(last);
      await catchUp(session, last);
      current = await current.next.after(last);
      teller.goOn(current.facts, { expected: false });
    }
  } catch (error) {
    throw sent.length === 0
      ? error
      : new Interrupted(
          error,
          sent.map(({ transactionHash }) => transactionHash),
          left,
        );
  }
  teller.end(false);
}

async function sendSteps(session: Session, { steps }: Plan, sent: Mined[], teller: Teller): Promise<void> {
  for (const step of steps) {
    if (sent.length > 0) await catchUp(session, sent[sent.length - 1]!);
    const estimated = await estimate(session, step);
    teller.sending(step, estimated);
    const mined = await send(session, step, estimated);
    sent.push(mined);
    teller.mined(mined);
  }
}

/** A plan and what follows it, as expected. */
async function foresee(plan: Plan): Promise<Plan[]> {
  const plans = [plan];
  for (let { next } = plan; next !== undefined;) {
    const expected = await next.expected();
    plans.push(expected);
    next = expected.next;
  }
  return plans;
}

function countSteps(plans: readonly Plan[]): number {
  return plans.reduce((sum, { steps }) => sum + steps.length, 0);
}
