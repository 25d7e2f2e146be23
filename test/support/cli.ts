import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Context } from "../../cli/context/context.ts";
import type { Environment } from "../../cli/context/run-program.ts";
import { runLab } from "../../cli/lab.ts";
import { commandLine } from "../../cli/context/run-program.ts";
import type { Captured, Program } from "../../cli/context/run-program.ts";
import type { RunningPart, SandboxParts, ToolRow } from "../../cli/context/sandbox.ts";
import type { ServerSpec } from "../../cli/context/sandbox.ts";
import { openLedger } from "../../sandbox/shop/ledger.ts";

/** What a run of `lab` left. */
export interface LabRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;

  /** Programs it ran and calls to the sandbox, in order; a stack's temp folder reads `<temp>`. */
  readonly calls: readonly string[];

  /** Environments of the programs, in the order of `calls`. */
  readonly environments: readonly Environment[];
}

/** The world around one run; everything has a harmless default. */
export interface World {
  /** Files of the checkout by relative path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Environment;

  /** Pids under which a pulumi runs. */
  readonly pulumiPids?: readonly number[];

  /** What a program does; a missing answer is success without output. */
  readonly answer?: (line: string, program: Program) => Partial<Captured> | undefined;
  readonly sandbox?: Partial<SandboxParts>;

  /** What the folder of the checkout is called. @default lab */
  readonly folder?: string;
}

/** A stack that lives in the sandbox, and one that does not. */
const stackFiles = {
  "Pulumi.sandbox.yaml":
    "config:\n  sock-shop:incident: none\n  sock-shop:datadogApiUrl: http://127.0.0.1:2026/\n",
  "Pulumi.dev.yaml": "config:\n  sock-shop:kubeContext: kind-sockshop\n",
};

const cluster = { address: "https://127.0.0.1:4000", pid: 11, detail: "3 nodes" };

/** Runs `lab` in a checkout of its own, against fakes. */
export async function runCli(argv: readonly string[], world: World = {}): Promise<LabRun> {
  const root = mkdtempSync(join(tmpdir(), `${world.folder ?? "lab"}-`));
  try {
    for (const [name, text] of Object.entries({ ...stackFiles, ...world.files })) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    return await record(argv, root, world);
  } finally {
    rmSync(root, { recursive: true });
  }
}

async function record(argv: readonly string[], root: string, world: World): Promise<LabRun> {
  const calls: string[] = [];
  const environments: Environment[] = [];
  const out = { stdout: "", stderr: "" };
  const perform = (program: Program): Captured => {
    const line = tidy(commandLine(program.file, program.args), root);
    calls.push(line);
    environments.push(program.env);
    return { code: 0, stdout: "", stderr: "", ...world.answer?.(line, program) };
  };
  const context: Context = {
    root,
    env: { PATH: "/usr/bin", HOME: join(root, "home"), ...world.env },
    node: "/opt/node/bin/node",
    terminal: false,
    stdout: { write: (text) => void (out.stdout += text) },
    stderr: { write: (text) => void (out.stderr += text) },
    run: {
      attach: (program) => Promise.resolve(perform(program).code),
      capture: (program) => Promise.resolve(perform(program)),
    },
    runsPulumi: (pid) => Promise.resolve(world.pulumiPids?.includes(pid) ?? false),
    sleep: (ms) => Promise.resolve(void calls.push(`[pause ${ms} ms]`)),
    sandbox: { ...recordingSandbox(calls), ...world.sandbox },
  };
  const code = await runLab(argv, context);
  const stdout = tidy(out.stdout, root);
  return { code, stdout, stderr: tidy(out.stderr, root), calls, environments };
}

function recordingSandbox(calls: string[]): SandboxParts {
  const noted = <T>(call: string, result: T): Promise<T> => {
    calls.push(call);
    return Promise.resolve(result);
  };
  const tools: ToolRow[] = [{ name: "pulumi", ready: true, version: "3.259.0", where: "/bin" }];
  return {
    installToolchain: (_, retry) =>
      noted(`[install toolchain${retry ? ", stand-ins too" : ""}]`, []),
    inspectToolchain: () => noted("[inspect toolchain]", tools),
    startCluster: () => noted<RunningPart>("[start cluster]", cluster),
    findCluster: () => noted<RunningPart | undefined>("[find cluster]", cluster),
    stopCluster: () => noted("[stop cluster]", undefined),
    startServer: (_, server) => noted(`[start ${nameAndPorts(server)}]`, running(server)),
    findServer: (_, server) =>
      noted<RunningPart | undefined>(`[find ${nameAndPorts(server)}]`, running(server)),
    stopServer: (_, { name }) => noted(`[stop ${name}]`, undefined),
    monitorsNamed: (_, name) => noted(`[monitors "${name}"]`, []),
    openLogEngine: () => Promise.reject(new Error("no VRL here")),
    shop: (controlPort) => ({
      pods: () => noted(`[pods of the shop on ${controlPort}]`, []),
      ledger: () => noted(`[ledger of the shop on ${controlPort}]`, openLedger().read()),
    }),
    stopProcesses: () => noted("[stop processes]", ["datadog"]),
  };
}

function nameAndPorts({ name, ports }: ServerSpec): string {
  return [name, ...ports.map(({ port }) => port)].join(" ");
}

function running({ name, address }: ServerSpec): RunningPart {
  return { address, pid: name === "datadog" ? 12 : 13, detail: `${name} detail` };
}

function tidy(text: string, root: string): string {
  return text
    .replaceAll(root, "<root>")
    .replaceAll(new RegExp(`${tmpdir()}/sock-shop-\\w+`, "g"), "<temp>");
}
