import { join } from "node:path";
import { parseArgs } from "node:util";
import { KubeConfig } from "@kubernetes/client-node";
import { crashPod } from "./kubelet/service-pod.ts";
import type { ShopArgs } from "./shop.ts";
import { runShop } from "./shop.ts";

const usage =
  "usage: node sandbox/shop/server.ts --kubeconfig <file> --state <directory> " +
  "--tools <directory> [--context <name>] [--port 2025] [--control-port 2027]";

/** Reads the command line; throws one line that names what is wrong. */
function readArguments(args: string[]): Omit<ShopArgs, "onProblem"> {
  const { values } = parseArgs({
    args,
    options: {
      kubeconfig: { type: "string" },
      context: { type: "string" },
      state: { type: "string" },
      tools: { type: "string" },
      port: { type: "string", default: "2025" },
      "control-port": { type: "string", default: "2027" },
    },
    strict: true,
    allowPositionals: false,
  });
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromFile(required(values.kubeconfig, "--kubeconfig"));
  if (values.context !== undefined) kubeConfig.setCurrentContext(values.context);
  if (kubeConfig.getCurrentCluster() === null) {
    throw new Error(`--kubeconfig has no cluster for context "${kubeConfig.getCurrentContext()}"`);
  }
  const stateDir = required(values.state, "--state");
  const logsDir = join(stateDir, "logs");
  return {
    kubeConfig,
    logsDir: join(logsDir, "pods"),
    place: {
      logsDir,
      podsDir: join(stateDir, "pods"),
      runDir: join(stateDir, "run"),
      toolsDir: required(values.tools, "--tools"),
    },
    frontEndPort: portNumber(values.port, "--port"),
    controlPort: portNumber(values["control-port"], "--control-port"),
  };
}

function required(value: string | undefined, name: string): string {
  if (value !== undefined && value !== "") return value;
  throw new Error(`${name} is missing; ${usage}`);
}

function portNumber(text: string, name: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new Error(`${name} ${JSON.stringify(text)} is not a number from 1 to 65535; ${usage}`);
}

function print(line: string): void {
  process.stderr.write(`shop: ${line}\n`);
}

async function serve(args: string[]): Promise<void> {
  const shopArgs = readArguments(args);
  const shop = await runShop({ ...shopArgs, onProblem: print });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => void shop.close().then(() => process.exit(0)));
  }
  const { frontEndPort, controlPort } = shopArgs;
  process.stdout.write(
    `shop ready: front-end at http://localhost:${frontEndPort}/, ` +
      `control at http://127.0.0.1:${controlPort}/sandbox/ledger\n`,
  );
}

// What escapes from one pod's code ends that pod's container; the other pods do not notice.
for (const event of ["uncaughtException", "unhandledRejection"] as const) {
  process.on(event, (error: unknown) => {
    if (crashPod(error)) return;
    print(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exit(1);
  });
}

serve(process.argv.slice(2)).catch((error: unknown) => {
  print(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
