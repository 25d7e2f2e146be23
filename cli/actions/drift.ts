import { findParts } from "../sandbox/start-parts.ts";
import { print } from "../context/context.ts";
import { mandatoryIn, type Violation } from "../pulumi/preview-events.ts";
import { type Drifted, driftLines, readDrift } from "../pulumi/drift.ts";
import { violationOf } from "../json/violation.ts";
import { type Body, printDocument } from "../json/print-document.ts";
import type { DriftDocument } from "../json/schemas/checks.ts";
import { exitCodes, Failure } from "../context/errors.ts";
import { stateText } from "../incident/read-state.ts";
import { runPreview, type PreviewRun } from "../pulumi/run-preview.ts";
import { driftArguments } from "../pulumi/arguments.ts";
import { openSession } from "../stack/stack-session.ts";
import type { Session } from "../stack/stack-session.ts";
import { notDeployed, stackHint } from "../stack/hints.ts";
import type { Context } from "../context/context.ts";
import type { StackRequest } from "./requests.ts";

/** Previews the stack against the real resources, and prints what differs. */
export async function runDrift({ stack, json }: StackRequest, context: Context): Promise<number> {
  const session = await openSession({ stack }, context);
  await assertRunning(session);
  const { log, found } = await previewOf(session);
  const drifted = readDrift(log);
  const violations = mandatoryIn(found);
  const resources = found.steps.filter(({ operation }) => operation !== "refresh").length;
  const ok = drifted.length + violations.length === 0;
  const result = { stack, resources, drifted, violations };
  if (json) printDocument<DriftDocument>(context, documentOf(result, ok));
  else for (const line of resultLines(result, ok)) print(context, line);
  return ok ? exitCodes.ok : exitCodes.failed;
}

interface Result {
  readonly stack: string;
  readonly resources: number;
  readonly drifted: readonly Drifted[];
  readonly violations: readonly Violation[];
}

function documentOf(result: Result, ok: boolean): Body<DriftDocument> {
  const { stack, resources, drifted, violations } = result;
  return {
    ok,
    stack,
    resources,
    drifted: drifted.map((one) => ({ ...one, properties: [...one.properties] })),
    violations: violations.map(violationOf),
    fix: drifted.length > 0 ? fixOf(stack) : null,
  };
}

function resultLines({ stack, resources, drifted, violations }: Result, ok: boolean): string[] {
  if (ok) return [`no drift: all ${resources} resources are as stack ${stack} declares them`];
  const summary = `${drifted.length} of ${resources} resources drifted; run ${fixOf(stack)} to fix`;
  return [
    ...driftLines(drifted),
    ...violations.map(({ policy, resource, message }) => {
      return `! policy ${policy}: ${resource === "" ? message : `${resource}: ${message}`}`;
    }),
    ...(drifted.length > 0 ? [summary] : []),
  ];
}

function fixOf(stack: string): string {
  return `./lab up --refresh${stackHint(stack)}`;
}

/** Without its parts, or without a state, everything would seem to be missing. */
async function assertRunning(session: Session): Promise<void> {
  const { stack } = session.targets;
  if ((await stateText(session)) === undefined) throw new Failure(notDeployed(stack));
  const { missing } = await findParts(session);
  if (missing.length === 0) return;
  throw new Failure(`${missing.join(", ")} must run; run ./lab up${stackHint(stack)}`);
}

async function previewOf(session: Session): Promise<PreviewRun> {
  const { stack, kubeContext } = session.targets;
  const run = await runPreview(session, stack, (_, log) =>
    driftArguments({ stack, log, pluginsReady: kubeContext === undefined }),
  );
  const { code, found, failure } = run;
  if ((code === 0 && found.complete) || mandatoryIn(found).length > 0) return run;
  throw new Failure(failure);
}
