import type { ServerWritableStream } from "@grpc/grpc-js";
import type * as pb from "@pulumi/pulumi/proto/language_pb.js";
import { PluginError } from "../grpc/plugin-error.ts";
import { fromStruct } from "../grpc/wire-value.ts";
import { languagePb } from "./language-stubs.ts";
import { runProcess } from "./node-process.ts";
import { runtimeOptions } from "./runtime-options.ts";

export type InstallStream = ServerWritableStream<
  pb.InstallDependenciesRequest,
  pb.InstallDependenciesResponse
>;

/** Runs `npm install` in the program's folder and streams what it prints. */
export async function installDependencies(
  stream: InstallStream,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const info = stream.request.getInfo();
  const { packagemanager } = runtimeOptions(fromStruct(info?.getOptions()));
  if (packagemanager !== "npm" && packagemanager !== "auto") {
    throw new PluginError(
      `runtime.options.packagemanager is ${packagemanager}, but this stand-in installs with npm ` +
        `only: run ${packagemanager} yourself`,
    );
  }
  const cancelled = new AbortController();
  stream.on("cancelled", () => {
    cancelled.abort();
  });
  const cwd = info?.getProgramDirectory() ?? stream.request.getDirectory();
  const command = ["npm", "install", "--loglevel=error"];
  const { code } = await runProcess(
    command,
    { cwd, env, signal: cancelled.signal },
    {
      stdout: (chunk) => stream.write(answer((response) => response.setStdout(chunk))),
      stderr: (chunk) => stream.write(answer((response) => response.setStderr(chunk))),
    },
  );
  if (code !== 0) throw new PluginError(`npm install failed in ${cwd} with code ${code ?? "none"}`);
}

function answer(fill: (response: pb.InstallDependenciesResponse) => unknown) {
  const response = new languagePb.InstallDependenciesResponse();
  fill(response);
  return response;
}
