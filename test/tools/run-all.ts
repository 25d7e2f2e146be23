import { spawn } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addUp, summaryLine } from "./test-counts.ts";

/**
 * Runs every step even after a failure, then prints the sum of all tests as its last line. The checks
 * run beside the tests at a low priority: end to end, those wait for clusters and loads most of the
 * time.
 */
const folder = mkdtempSync(join(tmpdir(), "sock-shop-counts-"));
const check = ended("check", "nice", ["-n", "10", "npm", "run", "--silent", "check"]);
const unit = await ended("test", "npm", ["test", "--silent"], "inherit");
const e2e = await ended("test:e2e", "npm", ["run", "--silent", "test:e2e"], "inherit");
const steps = [await check, unit, e2e];
process.stdout.write((await check).output);
rmSync(folder, { recursive: true });

const total = addUp(steps);
for (const { script, succeeded } of steps) {
  if (!succeeded) process.stdout.write(`failed: npm run ${script}\n`);
}
const file = process.env["SUMMARY_FILE"];
if (file === undefined) process.stdout.write(`${summaryLine(total)}\n`);
else appendFileSync(file, `${summaryLine(total)}\n`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** A script that has run: what it printed, where that was not shown, and the counts of its tests. */
interface Ended {
  readonly script: string;
  readonly succeeded: boolean;
  readonly output: string;
  readonly counts: string;
}

function ended(
  script: string,
  program: string,
  args: readonly string[],
  show: "inherit" | "pipe" = "pipe",
): Promise<Ended> {
  const counts = join(folder, script.replace(":", "-"));
  const child = spawn(program, args, {
    stdio: ["ignore", show, show],
    env: { MOCHA_SLOWEST: "10", ...process.env, MOCHA_COUNTS: counts },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({ script, succeeded: code === 0, output, counts: textOf(counts) });
    });
  });
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
