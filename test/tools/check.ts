import { spawnSync } from "node:child_process";

const steps: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ["format", "prettier", "--check", "--log-level=warn", "."],
  ["lint", "eslint", "--max-warnings=0", "."],
  ["types", "tsc", "--noEmit"],
  ["unused", "knip"],
  ["spelling", "cspell", "lint", "--no-progress", "--no-summary"],
];

const failed = steps
  .filter(([name, command, ...args]) => {
    process.stdout.write(`check ${name}\n`);
    return spawnSync("npx", ["--no-install", command, ...args], { stdio: "inherit" }).status !== 0;
  })
  .map(([name]) => name);

if (failed.length > 0) {
  process.stderr.write(`failed: ${failed.join(", ")}\n`);
  process.exitCode = 1;
}
