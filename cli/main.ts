import { join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { withDirectLoopback } from "../sandbox/host/direct-loopback.ts";
import { readCommandLine, processIdentity } from "../sandbox/host/process-identity.ts";
import { runLab } from "./lab.ts";
import { localSandbox } from "./sandbox/local-sandbox.ts";
import { processRunner } from "./context/run-program.ts";

// a reader that went away (`lab up | head`) is no reason for a stack trace
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(1);
    throw error;
  });
}

const env = withDirectLoopback(process.env);
// lab's own requests take a proxy, too, where Node is told to
if (env["no_proxy"] !== undefined) process.env["no_proxy"] = env["no_proxy"];

process.exitCode = await runLab(process.argv.slice(2), {
  root: join(import.meta.dirname, ".."),
  env,
  node: process.execPath,
  terminal: process.stdout.isTTY,
  stdout: process.stdout,
  stderr: process.stderr,
  run: processRunner,
  runsPulumi: async (pid) =>
    (await processIdentity(pid)) !== undefined && (await readCommandLine(pid)).includes("pulumi"),
  sleep: (ms) => sleep(ms),
  sandbox: localSandbox,
});
