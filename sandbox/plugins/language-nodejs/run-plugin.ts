import type { ServerWritableStream } from "@grpc/grpc-js";
import type * as pb from "@pulumi/pulumi/proto/language_pb.js";
import { fromStruct } from "../grpc/wire-value.ts";
import { languagePb } from "./language-stubs.ts";
import { locateModule, runNode, type Output } from "./node-process.ts";
import { startPolicyProxy, type PolicyEnvironment } from "./policy-proxy.ts";
import { runOutcome, typescriptEnv, type ProcessEnd } from "./run-command.ts";
import { runtimeOptions } from "./runtime-options.ts";

const POLICY_PACK = "analyzer";

export type PluginStream = ServerWritableStream<pb.RunPluginRequest, pb.RunPluginResponse>;

/** Runs a plugin written for Node, or a policy pack, until it ends or the engine hangs up. */
export async function runPlugin(stream: PluginStream, hostSignal: AbortSignal): Promise<void> {
  const hangUp = new AbortController();
  stream.on("cancelled", () => {
    hangUp.abort();
  });
  const signal = AbortSignal.any([hangUp.signal, hostSignal]);
  const plugin = stream.request;
  const isPolicyPack = plugin.getKind() === POLICY_PACK;
  const end = isPolicyPack
    ? await runPolicyPack(plugin, streamOutput(stream), signal)
    : await run(plugin, streamOutput(stream), signal);
  if (signal.aborted) return;
  const { error } = runOutcome(end);
  if (error !== "") stream.write(stderrChunk(Buffer.from(`${error}\n`)));
  const exit = new languagePb.RunPluginResponse();
  exit.setExitcode(end.code ?? 1);
  stream.write(exit);
}

/** Prints the proxy's port for the pack's, once; what the pack prints later is passed on. */
async function runPolicyPack(
  plugin: pb.RunPluginRequest,
  output: Output,
  signal: AbortSignal,
): Promise<ProcessEnd> {
  let announceEnd: (end: ProcessEnd | Promise<ProcessEnd>) => void = () => undefined;
  const end = new Promise<ProcessEnd>((resolve) => (announceEnd = resolve));
  signal.addEventListener("abort", () => {
    announceEnd({ code: 0, signal: null });
  });
  const proxy = await startPolicyProxy(
    (environment) =>
      new Promise((started, failed) => {
        const watched = { ...output, stdout: firstLineTo(started, output) };
        const running = run(plugin, watched, signal, environment);
        announceEnd(running);
        running.then(({ code }) => {
          failed(new Error(`it exited with code ${code ?? "none"}`));
        }, failed);
      }),
  );
  output.stdout(Buffer.from(`${proxy.port}\n`));
  return end.finally(() => {
    proxy.close();
  });
}

function run(
  plugin: pb.RunPluginRequest,
  output: Output,
  signal: AbortSignal,
  environment: PolicyEnvironment = {},
): Promise<ProcessEnd> {
  const info = plugin.getInfo();
  const directory = info?.getProgramDirectory() ?? plugin.getPwd();
  const options = runtimeOptions(fromStruct(info?.getOptions()));
  const isPolicyPack = plugin.getKind() === POLICY_PACK;
  const runner = isPolicyPack ? "run-policy-pack" : "run-plugin";
  const args = plugin.getArgsList();
  const command = {
    args: [
      ...options.nodeargs,
      locateModule(`@pulumi/pulumi/cmd/${runner}`, directory),
      // The runner of policy packs takes the folder last, the other one first.
      ...(isPolicyPack ? [...args, directory] : [directory, ...args]),
    ],
    env: { ...typescriptEnv(options), ...environment },
  };
  const env = { ...variables(plugin.getEnvList()), ...command.env };
  const cwd = isPolicyPack ? directory : plugin.getPwd();
  return runNode(command, { cwd, env, signal }, output);
}

/** `NAME=value` lines as an object. */
function variables(lines: readonly string[]): NodeJS.ProcessEnv {
  const pairs = lines.map((line) => {
    const at = line.indexOf("=");
    return [line.slice(0, at), line.slice(at + 1)] as const;
  });
  return Object.fromEntries(pairs);
}

/** Takes the first line of stdout as the port, passes the rest on. */
function firstLineTo(found: (port: number) => void, output: Output): Output["stdout"] {
  let head: Buffer | undefined = Buffer.alloc(0);
  return (chunk) => {
    if (head === undefined) {
      output.stdout(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\n");
    if (end < 0) return;
    found(Number(head.subarray(0, end).toString()));
    const rest = head.subarray(end + 1);
    head = undefined;
    if (rest.length > 0) output.stdout(rest);
  };
}

function streamOutput(stream: PluginStream): Output {
  return {
    stdout: (chunk) => {
      const response = new languagePb.RunPluginResponse();
      response.setStdout(chunk);
      stream.write(response);
    },
    stderr: (chunk) => {
      stream.write(stderrChunk(chunk));
    },
  };
}

function stderrChunk(chunk: Buffer): pb.RunPluginResponse {
  const response = new languagePb.RunPluginResponse();
  response.setStderr(chunk);
  return response;
}
