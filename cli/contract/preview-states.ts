import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseDocument } from "yaml";
import type { Environment } from "../context/run-program.ts";
import { Failure } from "../context/errors.ts";
import { runPreview } from "../pulumi/run-preview.ts";
import { previewArguments } from "../pulumi/arguments.ts";
import type { Session } from "../stack/stack-session.ts";
import { mandatoryIn, type Preview } from "../pulumi/preview-events.ts";

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
 * Previews a stack with the policy pack, by the real engine; nothing is changed, not even
 * the stack's own configuration file.
 *
 * @throws Failure with the engine's message when it did not start
 */
export async function preview(session: Session, request: PreviewRequest): Promise<Preview> {
  const { stack, config } = request;
  const env = { ...session.env, ...request.env };
  const { code, found, failure } = await runPreview(
    { ...session, env },
    stack,
    async (folder, log) => {
      const file = join(folder, "config.yaml");
      await writeFile(file, configured(await readFile(request.file, "utf8"), config));
      return previewArguments({ stack, file, log });
    },
  );
  if (code === 0 || mandatoryIn(found).length > 0) return found;
  throw new Failure(failure);
}

/** A stack's configuration file with other values in it. */
function configured(text: string, config: Readonly<Record<string, string>>): string {
  const document = parseDocument(text);
  for (const [key, value] of Object.entries(config)) document.setIn(["config", key], value);
  return document.toString();
}
