import { partLines, findParts } from "../sandbox/start-parts.ts";
import type { UsedParts } from "../sandbox/start-parts.ts";
import { defineCommand } from "../framework/command.ts";
import { stackOption } from "../framework/shared-options.ts";
import { print } from "../context/context.ts";
import { exitCodes } from "../context/errors.ts";
import { columns } from "../framework/columns.ts";
import { readAppliedState } from "../incident/read-state.ts";
import { openSession } from "../stack/stack-session.ts";
import type { Session } from "../stack/stack-session.ts";
import { ledgerRows } from "../sandbox/order-ledger.ts";

export const status = defineCommand({
  name: "status",
  summary: "show the sandbox's parts, the deployed stack and what became of every order",
  options: { stack: stackOption },
  details:
    "Ends with the shop's own ledger: what really became of every order since the shop started. " +
    "Exit code 1 if a part that the stack uses does not run.",
  examples: [["./lab status", "show cluster, Datadog stand-in, shop and stack"]],
  async run({ stack }, context) {
    const session = await openSession({ stack }, context);
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
});

async function ledgerLines({ context, targets }: Session, parts: UsedParts): Promise<string[]> {
  if (targets.shop === undefined || !parts.has("shop")) return [];
  const ledger = await context.sandbox.shop(targets.shop.controlPort).ledger();
  return ["\norders since the shop was started:", ...columns(ledgerRows(ledger))];
}
