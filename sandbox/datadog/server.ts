import { parseArgs } from "node:util";
import { buildApp } from "./app.ts";
import { openStore } from "./store.ts";

const usage = "usage: node sandbox/datadog/server.ts --port <1-65535> --state <directory>";

interface Arguments {
  port: number;
  state: string;
}

/** Reads the command line; throws one line that names what is wrong. */
function readArguments(args: string[]): Arguments {
  const { values } = parseArgs({
    args,
    options: { port: { type: "string" }, state: { type: "string" } },
    strict: true,
    allowPositionals: false,
  });
  const { port = "", state = "" } = values;
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    throw new Error(`--port ${JSON.stringify(port)} is not a number from 1 to 65535; ${usage}`);
  }
  if (state === "") {
    throw new Error(`--state is missing; ${usage}`);
  }
  return { port: Number(port), state };
}

async function serve(args: string[]): Promise<void> {
  const { port, state } = readArguments(args);
  const clock = () => new Date();
  const store = await openStore(state, clock());
  const app = buildApp({ store, clock });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      void app.close().then(() => process.exit(0));
    });
  }
  await app.listen({ host: "127.0.0.1", port }).catch((error: unknown) => {
    throw (error as NodeJS.ErrnoException).code === "EADDRINUSE" ? portInUse(port) : error;
  });
  process.stdout.write(`Datadog stand-in ready at http://127.0.0.1:${port}/\n`);
}

function portInUse(port: number): Error {
  return new Error(`port ${port} is in use: stop what listens there or choose another --port`);
}

serve(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`datadog stand-in: ${(error as Error).message}\n`);
  process.exitCode = 1;
});
