import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findParts } from "../bring-up.ts";
import { stackOption } from "../command.ts";
import type { Command } from "../command.ts";
import { say } from "../context.ts";
import { mandatoryIn, readPreview } from "../contract/preview-log.ts";
import { driftLines, driftOf } from "../drift.ts";
import { exitCodes, Failure } from "../failure.ts";
import { stateText } from "../look.ts";
import { driftArguments } from "../pulumi-arguments.ts";
import { ask, openSession } from "../session.ts";
import type { Session } from "../session.ts";
import { stackHint } from "../stack-site.ts";

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
    const log = await previewLog(session);
    const drifted = driftOf(log);
    const found = readPreview(log);
    const broken = mandatoryIn(found);
    const { stack } = session.site;
    const all = found.steps.filter(({ operation }) => operation !== "refresh").length;
    if (drifted.length + broken.length === 0) {
      say(context, `no drift: all ${all} resources are as stack ${stack} declares them`);
      return exitCodes.ok;
    }
    for (const line of driftLines(drifted)) say(context, line);
    for (const { policy, resource, message } of broken) {
      say(context, `! policy ${policy}: ${resource === "" ? message : `${resource}: ${message}`}`);
    }
    if (drifted.length > 0) {
      const mend = `./lab up --refresh${stackHint(stack)} makes it as declared`;
      say(context, `${drifted.length} of ${all} resources drifted; ${mend}`);
    }
    return exitCodes.failed;
  },
};

/** Without its parts, or without a state, everything would seem to be missing. */
async function mustRun(session: Session): Promise<void> {
  const hint = `./lab up${stackHint(session.site.stack)} does it`;
  if ((await stateText(session)) === undefined) {
    throw new Failure(`nothing is deployed yet: ${hint}`);
  }
  const { missing } = await findParts(session);
  if (missing.length === 0) return;
  throw new Failure(`${missing.join(", ")} must run: ${hint}`);
}

async function previewLog(session: Session): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "sock-shop-"));
  try {
    const log = join(folder, "events.jsonl");
    const { stack, kubeContext } = session.site;
    const args = driftArguments({ stack, log, pluginsReady: kubeContext === undefined });
    const env = { ...session.env, PULUMI_DEBUG_COMMANDS: "true" };
    const { code, stdout, stderr } = await ask({ ...session, env }, "pulumi", args);
    const text = await readFile(log, "utf8").catch(() => "");
    const found = readPreview(text);
    if ((code === 0 && found.complete) || mandatoryIn(found).length > 0) return text;
    const reason = `${stdout}\n${stderr}`.trim().split("\n").slice(-15).join("\n");
    throw new Failure(`the preview of ${stack} failed with exit code ${code}:\n${reason}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
