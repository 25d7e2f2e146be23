import { join } from "node:path";
import { lastWords, type Command } from "../../host/run-command.ts";
import type { InstallContext } from "../install/install-context.ts";

/**
 * Takes one file out of a `.tar.gz` or `.zip`.
 *
 * @returns its path below `folder`
 */
export async function extractMember(
  archive: { readonly file: string; readonly member: string },
  folder: string,
  context: InstallContext,
): Promise<string> {
  const command = extractCommand(archive.file, archive.member, folder);
  const result = await context.run(command, { env: context.env, timeoutMs: 120_000 });
  if (result.code !== 0) throw new Error(`cannot unpack ${archive.member}: ${lastWords(result)}`);
  return join(folder, archive.member);
}

/** `tar` and `unzip` are on every machine that Pulumi's and etcd's own installers support. */
function extractCommand(file: string, member: string, folder: string): Command {
  return file.endsWith(".zip")
    ? ["unzip", "-q", "-o", file, member, "-d", folder]
    : ["tar", "-xzf", file, "-C", folder, member];
}
