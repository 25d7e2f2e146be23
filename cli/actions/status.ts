import type { Ledger } from "../../sandbox/shop/ledger.ts";
import type { StatusDocument } from "../json/schemas/status.ts";
import { printDocument } from "../json/print-document.ts";
import { stackHint } from "../stack/hints.ts";
import { partLines, findParts } from "../sandbox/start-parts.ts";
import type { UsedParts } from "../sandbox/start-parts.ts";
import { print } from "../context/context.ts";
import { exitCodes } from "../context/errors.ts";
import { columns } from "../framework/columns.ts";
import { readAppliedState } from "../incident/read-state.ts";
import { openSession } from "../stack/stack-session.ts";
import type { Session } from "../stack/stack-session.ts";
import { ledgerRows } from "../sandbox/order-ledger.ts";
import type { Context } from "../context/context.ts";
import type { StackRequest } from "./requests.ts";

/** Prints the parts, the stack, and the ledger of the orders. */
export async function runStatus({ stack, json }: StackRequest, context: Context): Promise<number> {
  const session = await openSession({ stack }, context);
  const { parts, missing } = await findParts(session);
  const { incident, namespace } = await readAppliedState(session);
  const asked = session.targets.incident;
  const ledger = await readLedger(session, parts);
  const ok = missing.length === 0;
  if (json) {
    printDocument<StatusDocument>(context, {
      ok,
      stack,
      namespace: namespace ?? null,
      incident: { asked, applied: incident ?? null },
      parts: partsOf(parts, missing),
      ledger: ledger ?? null,
    });
  } else {
    const rows = [
      ...partLines(parts),
      ...missing.map((name) => [name, "does not run", `run ./lab up${stackHint(stack)}`]),
      ["stack", stack, namespace ? `namespace ${namespace}` : "not deployed yet"],
      ["incident", incident ?? "-", `flag: ${asked}`],
    ];
    for (const line of columns(rows, "")) print(context, line);
    for (const line of ledgerLines(ledger)) print(context, line);
  }
  return ok ? exitCodes.ok : exitCodes.failed;
}

function partsOf(parts: UsedParts, missing: readonly string[]): StatusDocument["parts"] {
  const running = [...parts].map(([name, { address, pid = null, detail }]) => {
    return { name, running: true, address, pid, detail };
  });
  const none = { running: false, address: null, pid: null, detail: null };
  return [...running, ...missing.map((name) => ({ name, ...none }))];
}

async function readLedger(
  { context, targets }: Session,
  parts: UsedParts,
): Promise<Ledger | undefined> {
  if (targets.shop === undefined || !parts.has("shop")) return undefined;
  return await context.sandbox.shop(targets.shop.controlPort).ledger();
}

function ledgerLines(ledger: Ledger | undefined): string[] {
  if (ledger === undefined) return [];
  return ["\norders since the shop started:", ...columns(ledgerRows(ledger))];
}
