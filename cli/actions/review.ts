import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { incidentStates } from "../../components/incident/plan.ts";
import { defaultStack } from "../framework/shared-options.ts";
import { print } from "../context/context.ts";
import type { Preview } from "../pulumi/preview-events.ts";
import { contractOf } from "../contract/check-contract.ts";
import { exitCodes, UsageFailure } from "../context/errors.ts";
import { baseOf, changesSince, detectionSince } from "../review/compare-base.ts";
import { previewDev } from "../review/dev-preview.ts";
import { objections, reportLines, type Review } from "../review/report.ts";
import { openSession, type Session } from "../stack/stack-session.ts";
import { type Body, printDocument, withoutText } from "../json/print-document.ts";
import type { ReviewDocument } from "../json/schemas/checks.ts";
import { violationOf } from "../json/violation.ts";
import { defaultBase, reportFile } from "../commands/review.ts";
import { contractBody, previewStates } from "./contract.ts";
import type { Context } from "../context/context.ts";

interface ReviewRequest {
  /** Branch or commit to compare with. @default - origin/main, if git has it */
  readonly base: string | undefined;
  readonly json: boolean;
}

/** Writes the report, and prints the objections. */
export async function runReview(
  { base: branch, json }: ReviewRequest,
  context: Context,
): Promise<number> {
  const own = json ? withoutText(context) : context;
  const session = await openSession({ stack: defaultStack }, own);
  const found = await reviewOf(session, await commonCommit(session, branch));
  await writeFile(join(context.root, reportFile), `${reportLines(found).join("\n")}\n`);
  const against = objections(found);
  const ok = against.length === 0;
  if (json) {
    printDocument<ReviewDocument>(context, documentOf(found, against));
  } else {
    for (const objection of against) print(context, `! ${objection}`);
    print(context, `${against.length} objections; the report is in ${reportFile}`);
  }
  return ok ? exitCodes.ok : exitCodes.failed;
}

/**
 * The commit that the change is compared with; undefined where no branch was named and there is no
 * default one.
 */
async function commonCommit(session: Session, branch: string | undefined) {
  const base = await baseOf(session, branch ?? defaultBase);
  if (base !== undefined || branch === undefined) return base;
  throw new UsageFailure(
    `option "--base": git finds no common commit of "${branch}" and HEAD; fetch the branch or ` +
      "name another one",
  );
}

function documentOf(found: Review, against: readonly string[]): Body<ReviewDocument> {
  return {
    ok: against.length === 0,
    base: found.base ?? null,
    report: reportFile,
    objections: [...against],
    changes: [...found.changes].map(([state, resources]) => ({
      state,
      resources: resources.map((one) => ({ ...one, properties: [...one.properties] })),
    })),
    contract: contractBody(found.contract),
    previews: [...found.previews].map(([name, { complete, policies, violations }]) => ({
      name,
      complete,
      policies: policies.length,
      violations: violations.map(violationOf),
    })),
    detection: [...found.detection],
  };
}

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
