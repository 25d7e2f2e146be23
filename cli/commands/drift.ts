import { findParts } from "../sandbox/start-parts.ts";
import { stackOption } from "../framework/command.ts";
import type { Command } from "../framework/command.ts";
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

export const drift: Command = {
  name: "drift",
  summary: "compare what is there with what the stack declares",
  words: [],
  options: [stackOption],
  details:
    "Reads every object from the cluster and from Datadog, and previews the stack with the policies\n" +
    "against them; nothing is changed. Exit code 1 when an object differs or is missing, or a\n" +
    "mandatory policy is broken.",
  examples: [
    ["./lab drift", "what somebody changed by hand, property by property"],
    ["./lab drift --stack dev", "in a nightly job"],
  ],
  async run(invocation, context) {
    const session = await openSession(invocation, context);
    await mustRun(session);
    const { log, found } = await previewOf(session);
    const drifted = readDrift(log);
    const broken = mandatoryIn(found);
    const { stack } = session.targets;
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
      const mend = `./lab up --refresh${stackHint(stack)} makes it as declared`;
      print(context, `${drifted.length} of ${all} resources drifted; ${mend}`);
    }
    return exitCodes.failed;
  },
};

/** Without its parts, or without a state, everything would seem to be missing. */
async function mustRun(session: Session): Promise<void> {
  const { stack } = session.targets;
  if ((await stateText(session)) === undefined) throw new Failure(notDeployed(stack));
  const { missing } = await findParts(session);
  if (missing.length === 0) return;
  throw new Failure(`${missing.join(", ")} must run: ./lab up${stackHint(stack)} does it`);
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
