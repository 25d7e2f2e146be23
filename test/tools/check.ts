import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { concurrencyLimit } from "../../sandbox/toolchain/install/concurrency-limit.ts";

/** The longest first, so that the others run beside it. */
const steps: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ["lint", "eslint", "--max-warnings=0", "."],
  ["types", "tsc", "--noEmit"],
  ["types of the page", "tsc", "--noEmit", "--project", "sandbox/page/browser"],
  ["format", "prettier", "--check", "--log-level=warn", "."],
  ["unused", "knip"],
  ["spelling", "cspell", "lint", "--no-progress", "--no-summary"],
];

const oneProcessor = concurrencyLimit(availableParallelism());
const results = await Promise.all(
  steps.map(([name, command, ...args]) =>
    oneProcessor(async () => {
      const { succeeded, output } = await run(command, args);
      // the whole output at once: lines of steps that run side by side must not mix
      process.stdout.write(`check ${name}: ${succeeded ? "passed" : "failed"}\n${output}`);
      return { name, succeeded };
    }),
  ),
);

const failed = results.filter(({ succeeded }) => !succeeded).map(({ name }) => name);
if (failed.length > 0) {
  process.stderr.write(`failed: ${failed.join(", ")}\n`);
  process.exitCode = 1;
}

function run(command: string, args: readonly string[]) {
  return new Promise<{ succeeded: boolean; output: string }>((resolve) => {
    const options = { maxBuffer: Infinity };
    execFile("npx", ["--no-install", command, ...args], options, (error, stdout, stderr) => {
      resolve({ succeeded: error === null, output: stdout + stderr });
    });
  });
}
