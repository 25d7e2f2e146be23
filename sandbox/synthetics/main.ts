/**
 * Stand-in of the worker of a private location: `node main.ts --config <file> --frontEnd <address>
 * [--enableStatusProbes] [--statusProbesPort=<port>]`. The last two are the real worker's; it runs API
 * tests of several steps against the sandbox's front-end, and none that it does not know in full.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { listen } from "../http/listener.ts";
import { sendToFrontEnd } from "./send-step.ts";
import { readConfig, startWorker } from "./worker.ts";

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function serve(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      config: { type: "string" },
      frontEnd: { type: "string" },
      enableStatusProbes: { type: "boolean", default: false },
      statusProbesPort: { type: "string", default: "8080" },
    },
    strict: true,
    allowPositionals: false,
  });
  const { config = "", frontEnd = "", enableStatusProbes, statusProbesPort } = values;
  const worker = startWorker({
    config: readConfig(readFileSync(config, "utf8")),
    send: sendToFrontEnd(frontEnd),
    print,
  });
  const status = enableStatusProbes
    ? await listen({
        port: Number(statusProbesPort),
        handle: ({ path }) => Promise.resolve(answer(path, worker.isReady())),
        onFault: (error) => {
          print(String(error));
        },
      })
    : undefined;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      void Promise.all([worker.stop(), status?.close()]).then(() => process.exit(0));
    });
  }
  print("stand-in of the synthetics worker: not Datadog's own");
}

function answer(path: string, ready: boolean) {
  const known = ["/liveness", "/readiness"].includes(path);
  const ok = path === "/liveness" || ready;
  return { status: known ? (ok ? 200 : 503) : 404, headers: {}, body: "" };
}

serve(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
});
