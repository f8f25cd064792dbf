import { moment, parseQuantity, showQuantity } from "@keep3r-network/sdk";
import { fact, title } from "@keep3r-network/sdk/node";
import type { Commands } from "../command.js";
import type { Option } from "../options.js";
import {
  checkBounds,
  type NamedParameter,
  parameterNamed,
  readSettings,
  type Setting,
  settingCall,
  showBounds,
} from "../parameters.js";
import { asOf, openReport } from "../pinned.js";

const NAME: Option = {
  value: "NAME",
  about: "which parameter, such as bondTime or Keep3r.bondTime",
  required: true,
};
const VALUE: Option = {
  value: "VALUE",
  about: 'what it is to be, in its unit: seconds or "3 days", BPS, gas, gwei, whole KP3R',
  required: true,
};

/** What governance has set, and may set. */
export const PARAMETER_COMMANDS: Commands = {
  parameters: {
    about: "shows all parameters with their units and bounds, and marks those that aren't the default",
    options: {},
    examples: [""],
    async read(session) {
      const { at, pinned } = await openReport(session);
      const settings = await readSettings(session, pinned);
      return {
        document: { asOf: asOf(at), parameters: settings.map(documentOf) },
        show() {
          title("Parameters");
          fact("as of", `${moment(at.timestamp)} UTC, the latest block`);
          let contract = "";
          for (const setting of settings) {
            if (setting.parameter.contract !== contract) title((contract = setting.parameter.contract));
            show(setting);
          }
        },
      };
    },
  },

  set: {
    about: "sets a parameter (governance)",
    options: { name: NAME, value: VALUE },
    check: (values) => void valueOf(values.get("name"), values.get("value")),
    examples: ['--name bondTime --value "3 days"', "--name fee --value 30"],
    async plan(session) {
      const [parameter, value] = valueOf(session.text("name"), session.text("value"));
      const setting = (await readSettings(session)).find((each) => each.parameter === parameter)!;
      checkBounds("value", value, setting);
      return {
        facts: [
          ["parameter", `${parameter.contract}.${parameter.name}`],
          ["now", showQuantity(setting.value, parameter), setting.value],
          ["is to be", showQuantity(value, parameter), value],
          ["takes", showBounds(setting.bounds, parameter), setting.bounds],
        ],
        steps: [{ call: await settingCall(session, parameter, value) }],
      };
    },
  },
};

function valueOf(name = "", text = ""): [NamedParameter, bigint] {
  const parameter = parameterNamed("name", name);
  return [parameter, parseQuantity("--value", text, parameter)];
}

function documentOf({ parameter, value, bounds }: Setting): object {
  const { contract, name, unit, decimals, value: initial } = parameter;
  return { contract, name, value, unit, decimals, ...bounds, default: initial, isDefault: value === initial };
}

function show({ parameter, value, bounds }: Setting): void {
  fact(parameter.name, `${showQuantity(value, parameter)}; takes ${showBounds(bounds, parameter)}`);
  if (value !== parameter.value) fact("", `NOT THE DEFAULT, which is ${showQuantity(parameter.value, parameter)}`);
}
