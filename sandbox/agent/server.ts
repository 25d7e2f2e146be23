import { parseArgs } from "node:util";
import { KubeConfig } from "@kubernetes/client-node";
import { listen } from "../http/listener.ts";
import { startAgent } from "./agent.ts";

const usage =
  "usage: node sandbox/agent/server.ts --kubeconfig <file> --cluster-name <name> " +
  "--logs <directory> --state <directory> --datadog <address> --port <1-65535>";

const names = ["kubeconfig", "cluster-name", "logs", "state", "datadog", "port"] as const;

/** Reads the command line; throws one line that names what is wrong. */
function readArguments(args: string[]): Record<(typeof names)[number], string> {
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" as const }]));
  const { values } = parseArgs({ args, options, strict: true, allowPositionals: false });
  const given = names.map((name) => {
    const value = values[name];
    if (typeof value !== "string" || value === "")
      throw new Error(`--${name} is missing; ${usage}`);
    return [name, value] as const;
  });
  return Object.fromEntries(given) as Record<(typeof names)[number], string>;
}

function print(line: string): void {
  process.stderr.write(`agent: ${line}\n`);
}

async function serve(args: string[]): Promise<void> {
  const values = readArguments(args);
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromFile(values.kubeconfig);
  const agent = await startAgent({
    kubeConfig,
    clusterName: values["cluster-name"],
    logsDir: values.logs,
    stateDir: values.state,
    datadogUrl: values.datadog,
    onProblem: print,
    onFailure: (error) => {
      print(error.stack ?? error.message);
      process.exit(1);
    },
  });
  const control = await listen({
    port: Number(values.port),
    handle: () =>
      Promise.resolve({
        status: 200,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ standIn: "agent", ...agent.figures }),
      }),
    onFault: (error) => {
      print(String(error));
    },
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      void Promise.all([agent.close(), control.close()]).then(() => process.exit(0));
    });
  }
  process.stdout.write(`agent ready at http://127.0.0.1:${values.port}/\n`);
}

serve(process.argv.slice(2)).catch((error: unknown) => {
  print((error as Error).message);
  process.exit(1);
});
