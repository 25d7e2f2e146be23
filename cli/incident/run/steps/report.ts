import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { archiveOf } from "../../bundle/archive.ts";
import { readBundleFolder, writeFiles } from "../../bundle/bundle-files.ts";
import { leakLine, leaksIn } from "../../bundle/leak-scan.ts";
import { hashesOf, jsonText, type Manifest, manifestFile } from "../../bundle/manifest.ts";
import { reportFiles } from "../../report/report-files.ts";
import { journalText } from "../run-files.ts";
import { readJournal } from "../journal.ts";
import type { Outcome } from "../phases.ts";
import { resultOf } from "../result.ts";
import { type Run, sessionOf } from "../run.ts";
import type { Findings } from "../run-phases.ts";

/** Writes the reports, seals the bundle and packs it. Fails where a secret would leave with it. */
export async function report(run: Run, outcomes: readonly Outcome[]): Promise<Findings> {
  const { folder, memory } = run;
  const result = resultOf(run, memory, outcomes);
  const journal = readJournal(await journalText(folder));
  await writeFiles(folder, reportFiles(result, journal.entries));
  const files = new Map(await readBundleFolder(folder));
  files.delete(manifestFile);
  const access = memory.place?.access;
  const secrets = access === undefined || access.standIn ? [] : [access.apiKey, access.appKey];
  const leaks = [...files].flatMap(([file, text]) => leaksIn(file, text, secrets));
  files.set(manifestFile, jsonText(await manifestOf(run, hashesOf(files))));
  await writeFiles(folder, new Map([[manifestFile, files.get(manifestFile) ?? ""]]));
  if (leaks.length > 0) {
    const problems = leaks.slice(0, 20).map((leak) => `the bundle has a secret: ${leakLine(leak)}`);
    return { status: "unmet", problems: [...problems, "no archive is written"] };
  }
  const archive = join(folder, `${run.id}.tar.gz`);
  await writeFile(archive, await archiveOf(files));
  return { status: "met", problems: [], facts: { archive } };
}

async function manifestOf(run: Run, files: Record<string, string>): Promise<Manifest> {
  const { context, memory, options, config } = run;
  const git = async (...args: string[]) => {
    const program = { file: "git", args, cwd: context.root, env: context.env };
    const { code, stdout } = await context.run
      .capture(program)
      .catch(() => ({ code: 1, stdout: "" }));
    return code === 0 ? stdout.trim() : "unknown";
  };
  const session = await sessionOf(run);
  const dirty = (await git("status", "--porcelain", "--untracked-files=no")) !== "";
  return {
    schemaVersion: 1,
    run: run.id,
    stack: run.stack,
    git: { revision: await git("rev-parse", "HEAD"), dirty },
    options,
    config,
    tools: { node: process.version, cluster: session.targets.clusterName },
    clockOffsets: memory.offsets,
    files,
  };
}
