import { incidentStates } from "../../../components/incident/plan.ts";
import { didYouMean } from "../../../settings/did-you-mean.ts";
import { diffOption, dryRunOption, stackOption } from "../../framework/command.ts";
import type { Command } from "../../framework/command.ts";
import { exitCodes, UsageFailure } from "../../context/errors.ts";
import { openSession } from "../../stack/stack-session.ts";
import { setIncident } from "../../incident/set-incident.ts";

const staged: readonly string[] = incidentStates.filter((state) => state !== "none");

export const incidentEnter: Command = {
  name: "incident enter",
  summary: "stage an incident: set the flag and apply it",
  words: ["<state>"],
  options: [stackOption, diffOption, dryRunOption],
  details:
    "States: payment-down (no pods), payment-slow (orders time out), payment-errors (HTTP 500),\n" +
    "shipping-slow (money taken, order lost). Delay, status and share of the calls: group faults\n" +
    "in docs/configuration.md.\n" +
    "The flag is saved in the stack's file first and stays as asked if the update fails, so that\n" +
    "the next ./lab up finishes it. The same by hand, in ./lab shell:\n" +
    "pulumi config set incident payment-down && pulumi up",
  examples: [
    ["./lab incident enter payment-down", "payment gets 0 pods, then load orders socks"],
    ["./lab incident enter payment-slow", "a proxy delays payment, then load orders socks"],
    ["./lab incident enter payment-down --diff", "the same, every change in full"],
  ],
  async run(invocation, context) {
    const [state = ""] = invocation.words;
    if (!staged.includes(state)) throw new UsageFailure(unknownState(state));
    const session = await openSession(invocation, context);
    await setIncident(session, state, invocation.switches.has(diffOption.name));
    return exitCodes.ok;
  },
};

function unknownState(state: string): string {
  const hint = state === "none" ? "; ./lab incident leave goes back" : didYouMean(state, staged);
  return `no incident "${state}": there is ${staged.join(", ")}${hint}`;
}
