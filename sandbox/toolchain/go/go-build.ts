import { availableParallelism } from "node:os";
import { join } from "node:path";
import { lastWords, type RunResult } from "../../host/run-command.ts";
import { goBuildArgs, type GoBuild } from "./go-modules.ts";
import { limit } from "../concurrency-limit.ts";
import type { Site } from "../install-context.ts";

/** A cold build of the API server took a quarter of an hour on two busy cores. */
const buildTimeoutMs = 90 * 60_000;

/** One build uses all cores for most of its time; only big machines have some left over. */
const oneByOne = limit(availableParallelism() >= 8 ? 2 : 1);

/**
 * Builds one program. Go's own module and build caches are used, in their usual places: what the
 * user has there is not fetched again, and an interrupted build goes on where it was.
 *
 * @param onPackages told how many packages have been compiled
 * @throws a one-line message
 */
export async function buildProgram(
  way: { readonly go: string; readonly build: GoBuild },
  output: string,
  site: Site,
  onPackages: (count: number) => void,
): Promise<void> {
  const { go, build } = way;
  let count = 0;
  const result = await oneByOne(() =>
    site.run([go, ...goBuildArgs(build, output)], {
      cwd: join(site.paths.root, "sandbox", "toolchain", "go", build.module),
      env: goEnvironment(site.env),
      timeoutMs: buildTimeoutMs,
      onLine: (line) => {
        if (!line.startsWith("go: ")) onPackages((count += 1));
      },
    }),
  );
  if (result.code !== 0) throw new Error(buildFailure(result));
}

/** The user's environment without what would make another program of the same sources. */
function goEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  return { ...env, CGO_ENABLED: "0", GOFLAGS: "", GOWORK: "off", GOOS: "", GOARCH: "" };
}

/** The line of Go's output that names the cause. */
function buildFailure(result: RunResult): string {
  if (result.timedOut) return `no end after ${buildTimeoutMs / 60_000} minutes`;
  const lines = result.stderr.split("\n").map((line) => line.trim());
  const cause =
    lines.find((line) => line.includes("no space left on device")) ??
    lines.find((line) => /^go: (?!downloading )/.test(line)) ??
    lines.find((line) => /: dial tcp|: lookup /.test(line));
  return cause ?? lastWords(result);
}
