import { partLines, findParts } from "../sandbox/start-parts.ts";
import type { UsedParts } from "../sandbox/start-parts.ts";
import { stackOption } from "../framework/command.ts";
import type { Command } from "../framework/command.ts";
import { print } from "../context/context.ts";
import { exitCodes } from "../context/errors.ts";
import { columns } from "../framework/help.ts";
import { readAppliedState } from "../incident/read-state.ts";
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
    const { incident, namespace } = await readAppliedState(session);
    const rows = [
      ...partLines(parts),
      ...missing.map((name) => [name, "does not run", "./lab up starts it"]),
      ["stack", session.targets.stack, namespace ? `namespace ${namespace}` : "not applied yet"],
      ["incident", incident ?? "-", `asked for: ${session.targets.incident}`],
    ];
    for (const line of columns(rows, "")) print(context, line);
    for (const line of await ledgerLines(session, parts)) print(context, line);
    return missing.length === 0 ? exitCodes.ok : exitCodes.failed;
  },
};

async function ledgerLines({ context, targets }: Session, parts: UsedParts): Promise<string[]> {
  if (targets.shop === undefined || !parts.has("shop")) return [];
  const ledger = await context.sandbox.shop(targets.shop.controlPort).ledger();
  return ["\norders since the shop was started:", ...columns(ledgerRows(ledger))];
}
