import { join } from "node:path";
import { incidentStates } from "../../components/incident/plan.ts";
import { createStack } from "../pulumi/update-stack.ts";
import { startParts } from "../sandbox/start-parts.ts";
import { defineCommand } from "../framework/command.ts";
import { defaultStack, jsonOption } from "../framework/shared-options.ts";
import { type Context, print } from "../context/context.ts";
import { preview } from "../contract/preview-states.ts";
import type { Preview } from "../pulumi/preview-events.ts";
import { contractLines } from "../contract/contract-table.ts";
import { contractOf } from "../contract/check-contract.ts";
import { exitCodes } from "../context/errors.ts";
import { openSession, type Session } from "../stack/stack-session.ts";

export const contract = defineCommand({
  name: "contract",
  summary: "prove that the flag changes nothing but the incident",
  options: { json: jsonOption },
  details:
    "Previews stack sandbox in every incident state and compares each state with every other. " +
    "Each difference must be on the list of what an incident may change: exit code 1 if anything " +
    "else differs, such as the agent or a monitor. Deploys nothing.",
  examples: [
    ["./lab contract", "show a table of all changes of the flag"],
    ["./lab contract --json", "show each resource, operation and property"],
  ],
  async run({ json }, context) {
    // what is started meanwhile must not stand in the JSON
    const session = await openSession({ stack: defaultStack }, json ? quiet(context) : context);
    const found = contractOf(await previewStates(session));
    const lines = json ? [JSON.stringify(found, undefined, 2)] : contractLines(found);
    for (const line of lines) print(context, line);
    return found.problems.length === 0 ? exitCodes.ok : exitCodes.failed;
  },
});

function quiet(context: Context): Context {
  return { ...context, stdout: context.stderr };
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
