import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addUp, summaryLine } from "./test-counts.ts";

/** Runs every step even after a failure, then prints the sum of all tests as its last line. */
const folder = mkdtempSync(join(tmpdir(), "sock-shop-counts-"));
const steps = ["check", "test", "test:e2e"].map((script) => {
  const counts = join(folder, script.replace(":", "-"));
  const { status } = spawnSync("npm", ["run", "--silent", script], {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, MOCHA_COUNTS: counts },
  });
  return { script, succeeded: status === 0, counts: textOf(counts) };
});
rmSync(folder, { recursive: true });

const total = addUp(steps);
for (const { script, succeeded } of steps) {
  if (!succeeded) process.stdout.write(`failed: npm run ${script}\n`);
}
const file = process.env["SUMMARY_FILE"];
if (file === undefined) process.stdout.write(`${summaryLine(total)}\n`);
else appendFileSync(file, `${summaryLine(total)}\n`);
process.exitCode = total.failed === 0 ? 0 : 1;

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
