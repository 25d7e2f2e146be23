import { availableParallelism } from "node:os";
import { join } from "node:path";
import { lastWords, type RunResult } from "../../host/run-command.ts";
import { goBuildArgs, type GoBuild } from "./go-modules.ts";
import { concurrencyLimit } from "../install/concurrency-limit.ts";
import type { InstallContext } from "../install/install-context.ts";

/** A cold build of the API server took a quarter of an hour on two busy cores. */
const buildTimeoutMs = 90 * 60_000;

/** One build uses all cores for most of its time; only big machines have some left over. */
const buildSlots = concurrencyLimit(availableParallelism() >= 8 ? 2 : 1);

/**
 * Builds one program. Go's own module and build caches are used, in their usual places: what the
 * user has there is not fetched again, and an interrupted build resumes.
 *
 * @param onPackages called with the number of packages compiled so far
 * @throws a one-line message
 */
export async function buildProgram(
  source: { readonly go: string; readonly build: GoBuild },
  output: string,
  context: InstallContext,
  onPackages: (count: number) => void,
): Promise<void> {
  const { go, build } = source;
  let count = 0;
  const result = await buildSlots(() =>
    context.run([go, ...goBuildArgs(build, output)], {
      cwd: join(context.paths.root, "sandbox", "toolchain", "go", build.module),
      env: goEnvironment(context.env),
      timeoutMs: buildTimeoutMs,
      onLine: (line) => {
        if (!line.startsWith("go: ")) onPackages((count += 1));
      },
    }),
  );
  if (result.code !== 0) throw new Error(buildFailure(result));
}

/** The user's environment without the variables that would change what is built. */
function goEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  return { ...env, CGO_ENABLED: "0", GOFLAGS: "", GOWORK: "off", GOOS: "", GOARCH: "" };
}

/** The line of Go's output that names the cause. */
function buildFailure(result: RunResult): string {
  if (result.timedOut) return `not finished after ${buildTimeoutMs / 60_000} minutes`;
  const lines = result.stderr.split("\n").map((line) => line.trim());
  const cause =
    lines.find((line) => line.includes("no space left on device")) ??
    lines.find((line) => /^go: (?!downloading )/.test(line)) ??
    lines.find((line) => /: dial tcp|: lookup /.test(line));
  return cause ?? lastWords(result);
}
