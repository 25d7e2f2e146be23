import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "../../sandbox/host/temporary-folder.ts";
import { type Preview, readPreview } from "./preview-events.ts";
import { ask, type Session } from "../stack/stack-session.ts";

/** What a preview by the real engine left. */
export interface PreviewRun {
  readonly code: number;

  /** The engine's event log: one JSON object a line; empty when it did not begin. */
  readonly log: string;
  readonly found: Preview;

  /** For one that failed: with which code, and the engine's last words. */
  readonly failure: string;
}

/**
 * Previews a stack by the real engine; whether what came of it is enough is for the caller to say.
 *
 * @param argumentsIn - pulumi's arguments, given a folder that is there meanwhile and its event log
 */
export async function runPreview(
  session: Session,
  stack: string,
  argumentsIn: (folder: string, log: string) => readonly string[] | Promise<readonly string[]>,
): Promise<PreviewRun> {
  const folder = await temporaryFolder();
  try {
    const file = join(folder, "events.jsonl");
    const env = { ...session.env, PULUMI_DEBUG_COMMANDS: "true" };
    const args = await argumentsIn(folder, file);
    const { code, stdout, stderr } = await ask({ ...session, env }, "pulumi", args);
    const log = await readFile(file, "utf8").catch(() => "");
    const words = `${stdout}\n${stderr}`.trim().split("\n").slice(-15).join("\n");
    const failure = `the preview of ${stack} failed with exit code ${code}:\n${words}`;
    return { code, log, found: readPreview(log), failure };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
