import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Resolve } from "../http/address.ts";
import { envoyPorts, localEnvoyConfig } from "./localise-envoy-config.ts";
import { localUrls } from "./local-urls.ts";
import { localPath, localPaths } from "./pod-files.ts";
import { entryOf } from "./process-spec.ts";
import type { ProcessSpec } from "./process-spec.ts";

/** What a pod is started with. */
export interface LaunchPlace {
  /** Folder that stands for the container's root. */
  readonly root: string;
  /** Folder of the real programs. */
  readonly toolsDir: string;
  readonly resolve: Resolve;
  readonly freePort: () => Promise<number>;
}

/** A process to start. */
export interface Launch {
  readonly command: readonly [program: string, ...args: string[]];
  readonly env: Readonly<Record<string, string>>;
  /** Files to write before, beside the volumes. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Loopback port for each port that it opens in its container. */
  readonly ports: ReadonlyMap<number, number>;
  /** The command of a probe, as it is started here. */
  readonly commandOf: (words: readonly string[]) => Launch["command"];
}

/**
 * How the pod's program is started on this machine: its own arguments and environment, in which
 * paths on volumes and URLs of Services lead to where they are here.
 *
 * @throws one line for what is unavailable here
 */
export async function launchOf(spec: ProcessSpec, place: LaunchPlace): Promise<Launch> {
  const { root, toolsDir, resolve } = place;
  const local = (text: string): string => localUrls(localPaths(text, root, spec.volumes), resolve);
  const { name, args } = entryOf(spec.program, spec.words);
  const env = {
    PATH: "/usr/bin:/bin",
    LANG: "C.UTF-8",
    HOME: root,
    TMPDIR: localPath(root, "/tmp"),
    ...Object.fromEntries(Object.entries(spec.env).map(([name, text]) => [name, local(text)])),
  };
  const program = join(toolsDir, name);
  const commandOf = (words: readonly string[]): Launch["command"] => {
    const entry = entryOf(spec.program, words);
    return [join(toolsDir, entry.name), ...entry.args.map(local)];
  };
  if (name === "envoy") {
    const { args: changed, ...rest } = await envoyLaunch(spec, args, place);
    return { command: [program, ...changed.map(local)], env, commandOf, ...rest };
  }
  if (name === "synthetics-worker") return { env, commandOf, ...(await workerLaunch(args, place)) };
  if (name === "locust") {
    const { args: changed, ports } = await locustLaunch(args, place);
    return { command: [program, ...changed.map(local)], env, files: [], ports, commandOf };
  }
  return { command: [program, ...args.map(local)], env, files: [], ports: new Map(), commandOf };
}

/** Port that locust's master listens on where its arguments name none. */
const masterPort = 5557;

const known = /^--(master|worker|master-host=.+|master-port=\d+)$/;
const beyondLoopback = "it would listen beyond loopback";

/**
 * Locust on loopback alone: its page would be open to the network, and so would the port of a master
 * that names no host. A worker reaches its master by the Service that it names.
 */
async function locustLaunch(args: readonly string[], { resolve, freePort }: LaunchPlace) {
  if (!args.includes("--headless")) {
    throw new Error(`the sandbox does not run locust without --headless: ${beyondLoopback}`);
  }
  const odd = args.find((arg) => /^--(master|worker)/.test(arg) && !known.test(arg));
  if (odd !== undefined) {
    throw new Error(`the sandbox does not run locust ${odd}: ${beyondLoopback}`);
  }
  const plain = args.filter((arg) => !/^--master-(host|port)=/.test(arg));
  if (args.includes("--master")) {
    const port = await freePort();
    const bound = ["--master-bind-host=127.0.0.1", `--master-bind-port=${port}`];
    return { args: [...plain, ...bound], ports: new Map([[masterPort, port]]) };
  }
  const ports = new Map<number, number>();
  if (!args.includes("--worker")) return { args: plain, ports };
  const master = valueOf(args, "--master-host=");
  if (master === undefined) {
    throw new Error("the sandbox runs a locust worker only with --master-host=<Service>");
  }
  const { host, port } = resolve(master, Number(valueOf(args, "--master-port=") ?? masterPort));
  return { args: [...plain, `--master-host=${host}`, `--master-port=${port}`], ports };
}

function valueOf(args: readonly string[], option: string): string | undefined {
  return args.find((arg) => arg.startsWith(option))?.slice(option.length);
}

const workerProgram = fileURLToPath(new URL("../../synthetics/main.ts", import.meta.url));
const workerConfig = "/etc/datadog/synthetics-check-runner.json";

/** The stand-in of the worker, which reaches the front-end as its network policy has it. */
async function workerLaunch(args: readonly string[], { root, resolve, freePort }: LaunchPlace) {
  const option = "--statusProbesPort=";
  const declared = Number(args.find((arg) => arg.startsWith(option))?.slice(option.length) ?? 8080);
  const port = await freePort();
  const { host, port: frontEnd } = resolve("front-end", 80);
  const command: Launch["command"] = [
    process.execPath,
    workerProgram,
    ...args.filter((arg) => !arg.startsWith(option)),
    `${option}${port}`,
    `--config=${localPath(root, workerConfig)}`,
    `--frontEnd=http://${host}:${frontEnd}`,
  ];
  return { command, files: [], ports: new Map([[declared, port]]) };
}

async function envoyLaunch(spec: ProcessSpec, args: readonly string[], place: LaunchPlace) {
  const at = args.findIndex((arg) => arg === "-c" || arg === "--config-path");
  const file = at === -1 ? undefined : args[at + 1];
  const text = file === undefined ? undefined : textAt(spec, file);
  if (text === undefined) {
    throw new Error(`Envoy needs -c and a file of a ConfigMap, got "${args.join(" ")}"`);
  }
  const odd = args.find((arg) => /^--(config-yaml|admin-address-path|base-id)/.test(arg));
  if (odd !== undefined) throw new Error(`the sandbox does not run Envoy with ${odd}`);
  const ports = new Map<number, number>();
  for (const port of envoyPorts(text)) ports.set(port, await place.freePort());
  const portOf = (port: number): number => ports.get(port) ?? 0;
  const path = join(place.root, "envoy.yaml");
  return {
    // a restart that takes over the sockets would need an id that no other Envoy here has
    args: [...args.slice(0, at + 1), path, ...args.slice(at + 2), "--disable-hot-restart"],
    files: [{ path, text: localEnvoyConfig(text, { portOf, resolve: place.resolve }) }],
    ports,
  };
}

function textAt({ volumes }: ProcessSpec, file: string): string | undefined {
  for (const { mountPath, files } of volumes) {
    const folder = `${mountPath.replace(/\/$/, "")}/`;
    if (file.startsWith(folder)) return files[file.slice(folder.length)];
  }
  return undefined;
}
