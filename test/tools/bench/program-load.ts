import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type * as Grpc from "@grpc/grpc-js";
import type * as EngineService from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type * as Engine from "@pulumi/pulumi/proto/engine_pb.js";
import type * as ResourceService from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import type * as Resource from "@pulumi/pulumi/proto/resource_pb.js";
import { PRELOADED } from "../../../sandbox/plugins/language-nodejs/node-process.ts";

const require = createRequire(import.meta.url);
const grpc = require("@grpc/grpc-js") as typeof Grpc;
const engineGrpc = require("@pulumi/pulumi/proto/engine_grpc_pb.js") as typeof EngineService;
const engine = require("@pulumi/pulumi/proto/engine_pb.js") as typeof Engine;
const resourceGrpc = require("@pulumi/pulumi/proto/resource_grpc_pb.js") as typeof ResourceService;
const resource = require("@pulumi/pulumi/proto/resource_pb.js") as typeof Resource;

const patienceMs = 60_000;
const checkout = join(import.meta.dirname, "..", "..", "..");

/** A program and the environment it is loaded in. */
export interface Program {
  readonly folder: string;
  readonly entry: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Seconds from the start of Node to the first resource that the program registers, on a monitor that
 * only takes the time. The stack itself does not count: the SDK registers it before it loads anything.
 */
export async function loadSeconds(program: Program): Promise<number> {
  let onResource = (): void => undefined;
  const server = monitor(() => {
    onResource();
  });
  const address = `127.0.0.1:${await bind(server)}`;
  const start = performance.now();
  const child = spawnProgram(program, address);
  try {
    const registered = new Promise<number>((resolve, reject) => {
      onResource = () => {
        resolve(performance.now());
      };
      setTimeout(() => {
        reject(new Error(`no resource after ${patienceMs} ms`));
      }, patienceMs).unref();
      child.once("exit", (code) => {
        reject(new Error(`the program ended by ${code ?? "a signal"} before any resource`));
      });
    });
    return ((await registered) - start) / 1000;
  } finally {
    // Node 22.23 aborts when a server is shut down in the middle of a client's data.
    if (child.exitCode === null && child.kill("SIGKILL")) await once(child, "exit");
    await promisify(server.tryShutdown.bind(server))();
  }
}

/** The same program as JavaScript in a folder of its own; `remove` drops it. */
export function precompiled(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "sock-shop-js-"));
  const options = ["--noEmit", "false", "--rewriteRelativeImportExtensions", "--outDir", folder];
  const tsc = join(checkout, "node_modules", ".bin", "tsc");
  const config = ["--rootDir", ".", "--ignoreConfig", "--module", "nodenext", "--target", "es2023"];
  const rest = ["--skipLibCheck", "--types", "node", "--resolveJsonModule"];
  execFileSync(tsc, [...config, ...rest, ...options, "index.ts"], { cwd: checkout });
  symlinkSync(join(checkout, "node_modules"), join(folder, "node_modules"));
  for (const file of ["package.json", "Pulumi.yaml"])
    cpSync(join(checkout, file), join(folder, file));
  const locustfile = join("components", "incident", "locustfile.py");
  cpSync(join(checkout, locustfile), join(folder, locustfile));
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

function spawnProgram({ folder, entry, env }: Program, address: string): ReturnType<typeof spawn> {
  const flags = ["--monitor", address, "--engine", address, "--project", "sock-shop"];
  const run = require.resolve("@pulumi/pulumi/cmd/run");
  const where = ["--stack", "sandbox", "--pwd", folder, "--root-directory", folder];
  return spawn(process.execPath, [...PRELOADED, run, ...flags, ...where, "--dry-run", entry], {
    cwd: folder,
    env: { ...env, PULUMI_CONFIG: JSON.stringify(config), PULUMI_CONFIG_SECRET_KEYS: "[]" },
    stdio: "ignore",
  });
}

const config = {
  "sock-shop:clusterName": "bench",
  "sock-shop:datadogApiUrl": "http://127.0.0.1:2026/",
  "sock-shop:env": "bench",
};

/** What is left out is answered by UNIMPLEMENTED. */
function monitor(onResource: () => void): Grpc.Server {
  const server = new grpc.Server();
  server.addService(engineGrpc.EngineService, {
    getRootResource: answer(() => new engine.GetRootResourceResponse()),
    setRootResource: answer(() => new engine.SetRootResourceResponse()),
  });
  server.addService(resourceGrpc.ResourceMonitorService, {
    supportsFeature: answer(() => new resource.SupportsFeatureResponse().setHassupport(true)),
    registerResource: answer((request: Resource.RegisterResourceRequest) => {
      const type = request.getType();
      if (type !== "pulumi:pulumi:Stack") onResource();
      const urn = `urn:pulumi:sandbox::sock-shop::${type}::${request.getName()}`;
      return new resource.RegisterResourceResponse().setUrn(urn);
    }),
  });
  return server;
}

function answer<Request, Response>(reply: (request: Request) => Response) {
  return (call: { request: Request }, done: (error: null, response: Response) => void): void => {
    done(null, reply(call.request));
  };
}

function bind(server: Grpc.Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
}
