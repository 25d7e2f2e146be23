import { join } from "node:path";
import { incidentStates } from "../../components/incident/plan.ts";
import { createStack } from "../pulumi/update-stack.ts";
import { startParts } from "../sandbox/start-parts.ts";
import { defaultStack } from "../framework/shared-options.ts";
import { print } from "../context/context.ts";
import { preview } from "../contract/preview-states.ts";
import type { Preview } from "../pulumi/preview-events.ts";
import { contractLines } from "../contract/contract-table.ts";
import { printDocument, withoutText } from "../json/print-document.ts";
import type { ContractDocument, ReviewDocument } from "../json/schemas/checks.ts";
import { type Contract, contractOf } from "../contract/check-contract.ts";
import { exitCodes } from "../context/errors.ts";
import { openSession, type Session } from "../stack/stack-session.ts";
import type { Context } from "../context/context.ts";
import type { StackRequest } from "./requests.ts";

/** Previews every state of the flag, and prints what differs between them. */
export async function runContract(
  { json }: Pick<StackRequest, "json">,
  context: Context,
): Promise<number> {
  const own = json ? withoutText(context) : context;
  const session = await openSession({ stack: defaultStack }, own);
  const found = contractOf(await previewStates(session));
  const ok = found.problems.length === 0;
  if (json) printDocument<ContractDocument>(context, { ok, ...contractBody(found) });
  else for (const line of contractLines(found)) print(context, line);
  return ok ? exitCodes.ok : exitCodes.failed;
}

/** The contract as the documents have it. */
export function contractBody({ pairs, problems }: Contract): ReviewDocument["contract"] {
  return {
    pairs: pairs.map(({ from, to, differences }) => ({
      from,
      to,
      differences: differences.map((one) => ({ ...one, properties: [...one.properties] })),
    })),
    problems: [...problems],
  };
}

/** A preview of each state of the flag; starts what the previews need. */
export async function previewStates(session: Session): Promise<ReadonlyMap<string, Preview>> {
  await startParts(session);
  await createStack(session);
  const { stack, file } = session.targets;
  const previews = new Map<string, Preview>();
  for (const state of incidentStates) {
    const config = { "sock-shop:incident": state };
    const request = { stack, file: join(session.context.root, file), config };
    previews.set(state, await preview(session, request));
  }
  return previews;
}
