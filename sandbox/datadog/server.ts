import { join } from "node:path";
import { takeLock } from "../host/file-lock.ts";
import { sandboxPaths } from "../host/paths.ts";
import { run } from "../host/run-command.ts";
import { ensurePython } from "../toolchain/python/python.ts";
import { buildApp } from "./app.ts";
import { startTicker } from "./evaluation/ticker.ts";
import { startLogService } from "./logs/log-service.ts";
import { createLogEngine, engineWithoutVrl, type LogEngine } from "./logs/pipeline-engine.ts";
import type { Telemetry } from "./logs/telemetry.ts";
import { readArguments } from "./server-arguments.ts";
import { shopAt } from "./shop-report.ts";
import { openStore } from "./store.ts";
import { createVrlWorker, type VrlWorker } from "./vrl/worker.ts";

function report(line: string): void {
  process.stderr.write(`datadog stand-in: ${line}\n`);
}

async function serve(args: string[]): Promise<void> {
  const { port, state, evaluateEvery, shop } = readArguments(args);
  const clock = () => new Date();
  const release = await holdFolder(state);
  const store = await openStore(state, clock());
  const telemetry = await openTelemetryQuietly(state);
  const { engine, close } = startEngine();
  const service = startLogService({ telemetry, engine, store, clock, report });
  const everyMs = evaluateEvery * 1000;
  const ticker = startTicker({ store, telemetry, everyMs, clock, report });
  const app = buildApp({ store, service, clock, report, ...(shop && { shop: shopAt(shop) }) });
  const end = async (): Promise<void> => {
    await app.close();
    await ticker.close();
    await service.close();
    await close();
    await release();
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => void end().then(() => process.exit(0)));
  }
  await app.listen({ host: "127.0.0.1", port }).catch(async (error: unknown) => {
    await end();
    throw (error as NodeJS.ErrnoException).code === "EADDRINUSE" ? portInUse(port) : error;
  });
  process.stdout.write(`Datadog stand-in ready at http://127.0.0.1:${port}/\n`);
}

/** Node's SQLite says at its first use that it is experimental, which is no news to our users. */
async function openTelemetryQuietly(dir: string): Promise<Telemetry> {
  process.removeAllListeners("warning");
  process.on("warning", ({ name, message }) => {
    if (!(name === "ExperimentalWarning" && message.startsWith("SQLite"))) {
      report(`${name}: ${message}`);
    }
  });
  const { openTelemetry } = await import("./logs/telemetry.ts");
  return openTelemetry(dir);
}

/** VRL as the toolchain installs it; where it cannot, the pipelines say why they do not run. */
function startEngine(): { engine: Promise<LogEngine>; close: () => Promise<void> } {
  const root = join(import.meta.dirname, "..", "..");
  const site = { paths: sandboxPaths(root, process.env), env: process.env, run };
  let worker: VrlWorker | undefined;
  const engine = ensurePython("vrl", site, report).then(
    (bin) => {
      worker = createVrlWorker({ python: join(bin, "python") });
      return createLogEngine(worker);
    },
    (error: unknown) => {
      report((error as Error).message);
      return engineWithoutVrl((error as Error).message);
    },
  );
  return { engine, close: async () => worker?.close() };
}

/** Two stand-ins on one folder would each write over what the other one acknowledged. */
async function holdFolder(state: string): Promise<() => Promise<void>> {
  const trial = await takeLock(join(state, "lock"));
  if ("release" in trial) return trial.release;
  const who = trial.holder === undefined ? "another stand-in" : `process ${trial.holder}`;
  throw new Error(`${state} is in use by ${who}: stop that one, or choose another --state`);
}

function portInUse(port: number): Error {
  return new Error(`port ${port} is in use: stop what listens there or choose another --port`);
}

serve(process.argv.slice(2)).catch((error: unknown) => {
  report((error as Error).message);
  // the tools of the pipelines may still be on their way
  process.exit(1);
});
