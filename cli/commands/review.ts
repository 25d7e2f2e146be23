import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { incidentStates } from "../../components/incident/plan.ts";
import type { Command, OptionSpec } from "../framework/command.ts";
import { print } from "../context/context.ts";
import type { Preview } from "../pulumi/preview-events.ts";
import { contractOf } from "../contract/check-contract.ts";
import { exitCodes } from "../context/errors.ts";
import { baseOf, changesSince, detectionSince } from "../review/compare-base.ts";
import { previewDev } from "../review/dev-preview.ts";
import { objections, reportLines, type Review } from "../review/report.ts";
import { openSession, type Session } from "../stack/stack-session.ts";
import { previewStates } from "./contract.ts";

const baseOption: OptionSpec = {
  name: "base",
  value: "branch",
  help: "what to compare with (default: origin/main)",
};

/** Where the report goes, relative to the checkout. */
const reportFile = "pull-request.md";

export const review: Command = {
  name: "review",
  summary: "write the report that a reviewer of a change reads",
  words: [],
  options: [baseOption],
  details:
    "Previews stacks sandbox and dev with the policy pack, against the sandbox: no login, cluster\n" +
    `or account is needed, and nothing is applied. Writes ${reportFile}; exit code 1 when the\n` +
    "contract is broken or a mandatory policy is violated or undecided.",
  examples: [
    ["./lab review", "what CI shows on a pull request"],
    ["./lab review --base main", "against the local branch"],
  ],
  async run(invocation, context) {
    const session = await openSession(invocation, context);
    const base = await baseOf(session, invocation.values.get(baseOption.name) ?? "origin/main");
    const found = await reviewOf(session, base);
    await writeFile(join(context.root, reportFile), `${reportLines(found).join("\n")}\n`);
    const against = objections(found);
    for (const objection of against) print(context, `! ${objection}`);
    print(context, `${against.length} objections; the report is in ${reportFile}`);
    return against.length === 0 ? exitCodes.ok : exitCodes.failed;
  },
};

async function reviewOf(session: Session, base: string | undefined): Promise<Review> {
  const states = await previewStates(session);
  const previews = new Map<string, Preview>([["dev", await previewDev(session)]]);
  for (const [state, found] of states) previews.set(`sandbox, ${state}`, found);
  return {
    ...(base !== undefined && { base }),
    changes: base === undefined ? new Map() : await changesSince(session, base, incidentStates),
    contract: contractOf(states),
    previews,
    detection: base === undefined ? [] : await detectionSince(session, base),
  };
}
