import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { incidentStates } from "../../components/incident/plan.ts";
import { defineCommand, option } from "../framework/command.ts";
import { defaultStack } from "../framework/shared-options.ts";
import { print } from "../context/context.ts";
import type { Preview } from "../pulumi/preview-events.ts";
import { contractOf } from "../contract/check-contract.ts";
import { exitCodes } from "../context/errors.ts";
import { baseOf, changesSince, detectionSince } from "../review/compare-base.ts";
import { previewDev } from "../review/dev-preview.ts";
import { objections, reportLines, type Review } from "../review/report.ts";
import { openSession, type Session } from "../stack/stack-session.ts";
import { previewStates } from "./contract.ts";

const defaultBase = "origin/main";

/** Where the report goes, relative to the checkout. */
const reportFile = "pull-request.md";

export const review = defineCommand({
  name: "review",
  summary: "write a report on a change for its reviewer",
  options: {
    base: option({
      placeholder: "branch",
      help: `branch or commit to compare with (default: ${defaultBase})`,
      read: (base) => base ?? defaultBase,
    }),
  },
  details:
    "Previews stacks sandbox and dev with the policy pack, in the sandbox: needs no login, cluster " +
    `or account, and deploys nothing. Writes ${reportFile}. Exit code 1 if the contract is broken ` +
    "or a mandatory policy is violated or undecided.",
  examples: [
    ["./lab review", "write what CI shows on a pull request"],
    ["./lab review --base main", "compare with the local branch"],
  ],
  async run({ base: branch }, context) {
    const session = await openSession({ stack: defaultStack }, context);
    const base = await baseOf(session, branch);
    const found = await reviewOf(session, base);
    await writeFile(join(context.root, reportFile), `${reportLines(found).join("\n")}\n`);
    const against = objections(found);
    for (const objection of against) print(context, `! ${objection}`);
    print(context, `${against.length} objections; the report is in ${reportFile}`);
    return against.length === 0 ? exitCodes.ok : exitCodes.failed;
  },
});

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
