import { findParts } from "../sandbox/start-parts.ts";
import { defineCommand } from "../framework/command.ts";
import { stackOption } from "../framework/shared-options.ts";
import { print } from "../context/context.ts";
import { mandatoryIn } from "../pulumi/preview-events.ts";
import { driftLines, readDrift } from "../pulumi/drift.ts";
import { exitCodes, Failure } from "../context/errors.ts";
import { stateText } from "../incident/read-state.ts";
import { runPreview, type PreviewRun } from "../pulumi/run-preview.ts";
import { driftArguments } from "../pulumi/arguments.ts";
import { openSession } from "../stack/stack-session.ts";
import type { Session } from "../stack/stack-session.ts";
import { notDeployed, stackHint } from "../stack/hints.ts";

export const drift = defineCommand({
  name: "drift",
  summary: "compare the real resources with what the stack declares",
  options: { stack: stackOption },
  details:
    "Reads every object from the cluster and from Datadog, and previews the stack against them " +
    "with the policies. Changes nothing. Exit code 1 if an object differs or is missing, or if a " +
    "mandatory policy is violated.",
  examples: [
    ["./lab drift", "show changes made by hand, property by property"],
    ["./lab drift --stack dev", "check in a nightly job"],
  ],
  async run({ stack }, context) {
    const session = await openSession({ stack }, context);
    await mustRun(session);
    const { log, found } = await previewOf(session);
    const drifted = readDrift(log);
    const broken = mandatoryIn(found);
    const all = found.steps.filter(({ operation }) => operation !== "refresh").length;
    if (drifted.length + broken.length === 0) {
      print(context, `no drift: all ${all} resources are as stack ${stack} declares them`);
      return exitCodes.ok;
    }
    for (const line of driftLines(drifted)) print(context, line);
    for (const { policy, resource, message } of broken) {
      print(
        context,
        `! policy ${policy}: ${resource === "" ? message : `${resource}: ${message}`}`,
      );
    }
    if (drifted.length > 0) {
      const fix = `run ./lab up --refresh${stackHint(stack)} to fix`;
      print(context, `${drifted.length} of ${all} resources drifted; ${fix}`);
    }
    return exitCodes.failed;
  },
});

/** Without its parts, or without a state, everything would seem to be missing. */
async function mustRun(session: Session): Promise<void> {
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
