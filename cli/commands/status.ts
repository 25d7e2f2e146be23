import { partLines, findParts } from "../pulumi/update-stack.ts";
import type { UsedParts } from "../pulumi/update-stack.ts";
import { stackOption } from "../framework/command.ts";
import type { Command } from "../framework/command.ts";
import { say } from "../context/context.ts";
import { exitCodes } from "../context/errors.ts";
import { columns } from "../framework/help.ts";
import { lookAtState } from "../incident/read-state.ts";
import { openSession } from "../stack/stack-session.ts";
import type { Session } from "../stack/stack-session.ts";
import { ledgerRows } from "../sandbox/order-ledger.ts";

export const status: Command = {
  name: "status",
  summary: "show what of the sandbox runs, what the stack applied last, and the orders' ledger",
  words: [],
  options: [stackOption],
  details:
    "Ends with the ledger of the shop's programs: what really became of every order since they\n" +
    "were started. Exit code 1 when a part that the stack uses does not run.",
  examples: [["./lab status", "cluster, Datadog stand-in, shop, stack"]],
  async run(invocation, context) {
    const session = await openSession(invocation, context);
    const { parts, missing } = await findParts(session);
    const { incident, namespace } = await lookAtState(session);
    const rows = [
      ...partLines(parts),
      ...missing.map((name) => [name, "does not run", "./lab up starts it"]),
      ["stack", session.site.stack, namespace ? `namespace ${namespace}` : "not applied yet"],
      ["incident", incident ?? "-", `asked for: ${session.site.incident}`],
    ];
    for (const line of columns(rows, "")) say(context, line);
    for (const line of await ledgerLines(session, parts)) say(context, line);
    return missing.length === 0 ? exitCodes.ok : exitCodes.failed;
  },
};

async function ledgerLines({ context, site }: Session, parts: UsedParts): Promise<string[]> {
  if (site.shop === undefined || !parts.has("shop")) return [];
  const ledger = await context.sandbox.shop(site.shop.controlPort).ledger();
  return ["\norders since the shop was started:", ...columns(ledgerRows(ledger))];
}
