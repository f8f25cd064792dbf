import type { Parameters } from "../parameters";
import { connectionModule } from "./connection";
import { coreModule } from "./core";
import { handoverModule } from "./handover";
import { tokenModule } from "./token";

/** The whole network as the parameters describe it, from the token to the hand-over. */
export function networkModule(parameters: Parameters, acceptNow: boolean) {
  const token = tokenModule(parameters);
  const core = coreModule(parameters, token);
  const connection = connectionModule(parameters, token, core);
  return handoverModule(parameters, token, core, connection, acceptNow);
}
