import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setIncident } from "../../set-incident.ts";
import { writeConfig } from "../end-interrupted.ts";
import { configForRun } from "../run-config.ts";
import { type Run, sessionOf } from "../run.ts";
import type { Findings } from "../run-phases.ts";

/** Seconds that customers are there before and after the fault is held; within the longest run. */
const marginSeconds = 120;
const longestSeconds = 3600;

/** Gives the stack what the run asks for, and stages the incident. */
export async function enter(run: Run): Promise<Findings> {
  run.memory.enterFrom = new Date().toISOString();
  const { targets, context } = await sessionOf(run);
  const { incident, users, seed, holdSeconds, notify } = run.options;
  const path = join(context.root, targets.file);
  const seconds = Math.min(holdSeconds + marginSeconds, longestSeconds);
  const load = { ...(users !== undefined && { users }), seed, runTime: `${seconds}s` };
  const wanted = { load, notifyDrills: notify };
  await writeFile(path, configForRun(await readFile(path, "utf8"), wanted));
  await setIncident(await sessionOf(run), incident, false);
  return { status: "met", problems: [] };
}

/** Ends the incident, and gives the stack's file back as it was. */
export async function leave(run: Run): Promise<Findings> {
  const session = await sessionOf(run);
  await writeConfig(session, run.config);
  await setIncident(await sessionOf(run), "none", false);
  // Pulumi has written the flag, and may have sorted the rest
  await writeConfig(session, run.config);
  return { status: "met", problems: [] };
}
