import { partLines, findParts } from "../bring-up.ts";
import { stackOption } from "../command.ts";
import type { Command } from "../command.ts";
import { say } from "../context.ts";
import { exitCodes } from "../failure.ts";
import { columns } from "../help.ts";
import { lookAtState } from "../look.ts";
import { openSession } from "../session.ts";

export const status: Command = {
  name: "status",
  summary: "show what of the sandbox runs, and what the stack applied last",
  words: [],
  options: [stackOption],
  details: "Exit code 1 when a part that the stack uses does not run.",
  examples: [["./lab status", "cluster, Datadog stand-in, stack"]],
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
    return missing.length === 0 ? exitCodes.ok : exitCodes.failed;
  },
};
