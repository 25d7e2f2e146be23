import { join } from "node:path";
import { takeLock } from "../file-lock.ts";
import { buildApp } from "./app.ts";
import { readArguments } from "./server-arguments.ts";
import { openStore } from "./store.ts";

function report(line: string): void {
  process.stderr.write(`datadog stand-in: ${line}\n`);
}

async function serve(args: string[]): Promise<void> {
  const { port, state } = readArguments(args);
  const clock = () => new Date();
  const release = await holdFolder(state);
  const store = await openStore(state, clock());
  const app = buildApp({ store, clock, report });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      void app
        .close()
        .then(release)
        .then(() => process.exit(0));
    });
  }
  await app.listen({ host: "127.0.0.1", port }).catch((error: unknown) => {
    throw (error as NodeJS.ErrnoException).code === "EADDRINUSE" ? portInUse(port) : error;
  });
  process.stdout.write(`Datadog stand-in ready at http://127.0.0.1:${port}/\n`);
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
  process.exitCode = 1;
});
