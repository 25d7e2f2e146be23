import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDocument } from "yaml";
import type { Environment } from "../environment.ts";
import { Failure } from "../failure.ts";
import { previewArguments } from "../pulumi-arguments.ts";
import { ask, type Session } from "../session.ts";
import { mandatoryIn, type Preview, readPreview } from "./preview-log.ts";

/** What to preview. */
export interface PreviewRequest {
  readonly stack: string;

  /** Configuration file to begin with. */
  readonly file: string;

  /** Plain values by key to put over those of the file, such as `sock-shop:incident`. */
  readonly config: Readonly<Record<string, string>>;

  /** Variables on top of the stack's own. */
  readonly env?: Environment;
}

/**
 * Previews a stack with the policy pack, by the real engine; nothing is changed, the stack's own
 * configuration file included.
 *
 * @throws Failure with the engine's words when it did not even begin
 */
export async function preview(session: Session, request: PreviewRequest): Promise<Preview> {
  const folder = await mkdtemp(join(tmpdir(), "sock-shop-preview-"));
  try {
    const file = join(folder, "config.yaml");
    await writeFile(file, configured(await readFile(request.file, "utf8"), request.config));
    const log = join(folder, "events.jsonl");
    const env = { ...session.env, ...request.env, PULUMI_DEBUG_COMMANDS: "true" };
    const args = previewArguments({ stack: request.stack, file, log });
    const { code, stdout, stderr } = await ask({ ...session, env }, "pulumi", args);
    const found = readPreview(await readFile(log, "utf8").catch(() => ""));
    if (code === 0 || mandatoryIn(found).length > 0) return found;
    const reason = `${stdout}\n${stderr}`.trim().split("\n").slice(-15).join("\n");
    throw new Failure(`the preview of ${request.stack} failed with exit code ${code}:\n${reason}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A stack's configuration file with other values in it. */
function configured(text: string, config: Readonly<Record<string, string>>): string {
  const document = parseDocument(text);
  for (const [key, value] of Object.entries(config)) document.setIn(["config", key], value);
  return document.toString();
}
