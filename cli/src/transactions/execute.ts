import type { Plan } from "../command.js";
import { Interrupted } from "../errors.js";
import type { Session } from "../session.js";
import { checkBeforeApproval, estimate } from "./estimate.js";
import { catchUp, type Mined, send } from "./send.js";
import type { Teller } from "./teller.js";

/** Tells what would be sent, and what it would cost. */
export async function rehearse(session: Session, name: string, plan: Plan, teller: Teller): Promise<void> {
  await teller.begin(session, name, plan);
  for (const step of plan.steps) {
    if (step.afterApproval) {
      await checkBeforeApproval(session, step);
      teller.planned(step);
    } else {
      const estimated = await estimate(session, step);
      teller.planned(step, estimated);
    }
  }
  teller.end(true);
}

/** Tells what is sent, sends it, and tells what it cost. */
export async function execute(session: Session, name: string, plan: Plan, teller: Teller): Promise<void> {
  await teller.begin(session, name, plan);
  // An approval is sent only for a call that nothing else stands in the way of.
  for (const step of plan.steps) if (step.afterApproval) await checkBeforeApproval(session, step);

  const sent: Mined[] = [];
  try {
    for (const step of plan.steps) {
      if (sent.length > 0) await catchUp(session, sent[sent.length - 1]!);
      const estimated = await estimate(session, step);
      teller.sending(step, estimated);
      const mined = await send(session, step, estimated);
      sent.push(mined);
      teller.mined(mined);
    }
  } catch (error) {
    throw sent.length === 0
      ? error
      : new Interrupted(
          error,
          sent.map(({ transactionHash }) => transactionHash),
        );
  }
  teller.end(false);
}
