import type { Server, ServerWritableStream } from "@grpc/grpc-js";
import type * as pb from "@pulumi/pulumi/proto/language_pb.js";
import { emptyPb, grpc, pluginPb } from "../grpc/packages.ts";
import { PluginError } from "../grpc/plugin-error.ts";
import type { PluginLife } from "../grpc/serve.ts";
import { toServiceError } from "../grpc/status.ts";
import { unary } from "../grpc/unary.ts";
import { fromStruct } from "../grpc/wire-value.ts";
import type { InstallStream } from "./install.ts";
import { installedPackages } from "./installed-packages.ts";
import { languageGrpc, languagePb } from "./language-stubs.ts";
import { locateModule, runNode, type Output } from "./node-process.ts";
import { npmVersion } from "./npm-version.ts";
import { directDependencies, requiredPackages } from "./required-packages.ts";
import { runCommand, runOutcome, type RunRequest } from "./run-command.ts";
import type { PluginStream } from "./run-plugin.ts";
import { runtimeOptions } from "./runtime-options.ts";

/** What the host gets from its process. */
export interface Host {
  /** Reported to the engine: the SDK's, as the official host's is the CLI's. */
  readonly version: string;
  readonly env: NodeJS.ProcessEnv;

  /** Where the program's output goes. */
  readonly output: Output;
}

const UNSUPPORTED = [
  "generateProgram",
  "generateProject",
  "generatePackage",
  "pack",
  "link",
  "template",
] as const;

/** Registers the calls of a language host. */
export function addLanguageService(server: Server, host: Host, life: PluginLife): void {
  server.addService(languageGrpc.LanguageRuntimeService, {
    ...lifeCalls(host, life),
    ...inspectionCalls(host),
    ...Object.fromEntries(UNSUPPORTED.map((name) => [name, unsupported(name)])),
    run: unary((request: pb.RunRequest) => run(request, host, life)),
    runPlugin: streaming(async (stream: PluginStream) => {
      // Few commands run a policy pack: the others need not load what it takes.
      const { runPlugin } = await import("./run-plugin.ts");
      return runPlugin(stream, life.signal);
    }),
    installDependencies: streaming(async (stream: InstallStream) => {
      const { installDependencies } = await import("./install.ts");
      return installDependencies(stream, host.env);
    }),
  });
}

function lifeCalls(host: Host, life: PluginLife) {
  return {
    handshake: unary((request: pb.LanguageHandshakeRequest) => {
      life.engineAddress = request.getEngineAddress();
      return Promise.resolve(new languagePb.LanguageHandshakeResponse());
    }),
    getPluginInfo: unary(() => {
      const response = new pluginPb.PluginInfo();
      response.setVersion(host.version);
      return Promise.resolve(response);
    }),
    cancel: unary(() => {
      setImmediate(() => {
        life.stop();
      });
      return Promise.resolve(new emptyPb.Empty());
    }),
  };
}

function inspectionCalls({ env }: Host) {
  return {
    getRequiredPackages: unary((request: pb.GetRequiredPackagesRequest) => {
      const directory = request.getInfo()?.getProgramDirectory() ?? ".";
      const response = new languagePb.GetRequiredPackagesResponse();
      response.setPackagesList(requiredPackages(directory).map(packageDependency));
      return Promise.resolve(response);
    }),
    getProgramDependencies: unary((request: pb.GetProgramDependenciesRequest) => {
      const directory = request.getInfo()?.getProgramDirectory() ?? ".";
      const transitive = request.getTransitivedependencies();
      const found = transitive ? installedPackages(directory) : directDependencies(directory);
      const response = new languagePb.GetProgramDependenciesResponse();
      response.setDependenciesList([...found].map(dependencyInfo));
      return Promise.resolve(response);
    }),
    about: unary(() => about(env)),
    runtimeOptionsPrompts: unary(() => Promise.resolve(new languagePb.RuntimeOptionsResponse())),
  };
}

async function run(request: pb.RunRequest, host: Host, life: PluginLife) {
  const response = new languagePb.RunResponse();
  if (request.getAttachDebugger()) {
    response.setError(
      "this stand-in cannot attach a debugger: set runtime.options.nodeargs to --inspect-brk",
    );
    return response;
  }
  const plain = runRequest(request, life.engineAddress ?? "");
  const options = runtimeOptions(fromStruct(request.getInfo()?.getOptions()));
  const runPath = locateModule("@pulumi/pulumi/cmd/run", plain.programDirectory);
  const command = runCommand(plain, options, runPath);
  const surroundings = { env: { ...host.env, ...command.env }, signal: life.signal };
  const { error, bail } = runOutcome(await runNode(command, surroundings, host.output));
  response.setError(error);
  response.setBail(bail);
  return response;
}

function runRequest(request: pb.RunRequest, engineAddress: string): RunRequest {
  const info = request.getInfo();
  return {
    engineAddress,
    monitorAddress: request.getMonitorAddress(),
    organization: request.getOrganization(),
    project: request.getProject(),
    stack: request.getStack(),
    rootDirectory: info?.getRootDirectory() ?? "",
    programDirectory: info?.getProgramDirectory() ?? request.getPwd(),
    entryPoint: info?.getEntryPoint() ?? ".",
    parallel: request.getParallel(),
    dryRun: request.getDryrun(),
    args: request.getArgsList(),
    config: Object.fromEntries(request.getConfigMap().entries()),
    secretKeys: request.getConfigsecretkeysList(),
  };
}

async function about(env: NodeJS.ProcessEnv) {
  const response = new languagePb.AboutResponse();
  response.setExecutable(process.execPath);
  response.setVersion(process.version);
  response.getMetadataMap().set("packagemanager", "npm");
  const npm = await npmVersion(env["PATH"] ?? "");
  if (npm !== undefined) response.getMetadataMap().set("packagemanagerVersion", npm);
  return response;
}

function packageDependency(required: { name: string; version: string; server: string }) {
  const dependency = new pluginPb.PackageDependency();
  dependency.setName(required.name);
  dependency.setKind("resource");
  dependency.setVersion(required.version);
  dependency.setServer(required.server);
  return dependency;
}

function dependencyInfo([name, version]: [string, string]) {
  const info = new languagePb.DependencyInfo();
  info.setName(name);
  info.setVersion(version);
  return info;
}

function unsupported(name: string) {
  return unary(() =>
    Promise.reject(
      new PluginError(
        `${name} is not served by the stand-in language host: install the official Pulumi release`,
        grpc.status.UNIMPLEMENTED,
      ),
    ),
  );
}

function streaming<Request, Response>(
  handle: (stream: ServerWritableStream<Request, Response>) => Promise<void>,
) {
  return (stream: ServerWritableStream<Request, Response>) => {
    // Bad options throw before the first await, hence inside the chain.
    void Promise.resolve(stream)
      .then(handle)
      .then(
        () => {
          stream.end();
        },
        (error: unknown) => {
          stream.destroy(toServiceError(error));
        },
      );
  };
}
