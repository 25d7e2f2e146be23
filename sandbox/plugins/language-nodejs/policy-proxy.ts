import type {
  Client,
  handleUnaryCall,
  sendUnaryData,
  Server,
  ServiceDefinition,
} from "@grpc/grpc-js";
import type * as Service from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import type * as Messages from "@pulumi/pulumi/proto/analyzer_pb.js";
import { grpc, require } from "../grpc/packages.ts";

const analyzerGrpc = require("@pulumi/pulumi/proto/analyzer_grpc_pb.js") as typeof Service;
const analyzerPb = require("@pulumi/pulumi/proto/analyzer_pb.js") as typeof Messages;
const { AnalyzerService } = analyzerGrpc;
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/** What a policy pack must find in its environment before it loads. */
export type PolicyEnvironment = Readonly<Record<string, string>>;

/**
 * Stands between engine and policy pack, as in the official host: the engine tells project, stack
 * and config by a call, the policy SDK reads them from the environment when it loads. So the pack
 * is started at that call, and everything else is passed on to it untouched.
 */
export interface PolicyProxy {
  readonly port: number;
  close(): void;
}

/** Starts the pack with the environment and answers its port. */
export type StartPack = (environment: PolicyEnvironment) => Promise<number>;

type RawCall = handleUnaryCall<Buffer, Buffer>;
const bytes = (data: Buffer) => data;

export async function startPolicyProxy(startPack: StartPack): Promise<PolicyProxy> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": MAX_MESSAGE_BYTES });
  let pack: Promise<Client> | undefined;
  const connect = (environment: PolicyEnvironment) => {
    pack ??= startPack(environment).then((port) => packClient(port));
    return pack;
  };
  server.addService(rawService(), {
    ...forwardAll(() => connect({})),
    handshake: (_call: unknown, callback: sendUnaryData<Buffer>) => {
      callback(null, encoded(new analyzerPb.AnalyzerHandshakeResponse()));
    },
    configureStack: configureStack(connect),
  });
  const port = await listen(server);
  return {
    port,
    close() {
      // Calls that wait for the pack still get their answer.
      server.tryShutdown(() => undefined);
      void pack?.then(
        (client) => {
          client.close();
        },
        () => undefined,
      );
    },
  };
}

/** The environment that the policy SDK expects, from the engine's description of the stack. */
function policyEnvironment(request: Messages.AnalyzerStackConfigureRequest): PolicyEnvironment {
  const config = Object.fromEntries(request.getConfigMap().toObject(false));
  return {
    PULUMI_NODEJS_ORGANIZATION: request.getOrganization(),
    PULUMI_NODEJS_PROJECT: request.getProject(),
    PULUMI_NODEJS_STACK: request.getStack(),
    PULUMI_NODEJS_DRY_RUN: String(request.getDryRun()),
    PULUMI_CONFIG: JSON.stringify(config),
  };
}

function configureStack(connect: (environment: PolicyEnvironment) => Promise<Client>): RawCall {
  return (call, callback) => {
    const request = analyzerPb.AnalyzerStackConfigureRequest.deserializeBinary(call.request);
    void connect(policyEnvironment(request)).then(
      (client) => {
        forward(client, AnalyzerService.configureStack.path, call.request, (error, response) => {
          // Packs of before this call answer UNIMPLEMENTED, which is as good.
          const old = error?.code === grpc.status.UNIMPLEMENTED;
          callback(old ? null : (error ?? null), response ?? encoded(emptyAnswer()));
        });
      },
      (error: unknown) => {
        callback(packFailure(error));
      },
    );
  };
}

function forwardAll(pack: () => Promise<Client>): Record<string, RawCall> {
  const calls = Object.entries(AnalyzerService).map(([name, { path }]): [string, RawCall] => [
    name,
    (call, callback) => {
      void pack().then(
        (client) => {
          forward(client, path, call.request, callback);
        },
        (error: unknown) => {
          callback(packFailure(error));
        },
      );
    },
  ]);
  return Object.fromEntries(calls);
}

function forward(client: Client, path: string, request: Buffer, done: sendUnaryData<Buffer>) {
  client.makeUnaryRequest(path, bytes, bytes, request, done);
}

/** The analyzer's service with messages left as bytes. */
function rawService(): ServiceDefinition {
  const methods = Object.entries(AnalyzerService).map(([name, method]) => [
    name,
    {
      path: method.path,
      requestStream: false,
      responseStream: false,
      requestSerialize: bytes,
      requestDeserialize: bytes,
      responseSerialize: bytes,
      responseDeserialize: bytes,
    },
  ]);
  return Object.fromEntries(methods) as ServiceDefinition;
}

function packClient(port: number): Client {
  return new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
    "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
  });
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
}

function emptyAnswer() {
  return new analyzerPb.AnalyzerStackConfigureResponse();
}

function encoded(message: { serializeBinary(): Uint8Array }): Buffer {
  return Buffer.from(message.serializeBinary());
}

function packFailure(error: unknown) {
  const details = error instanceof Error ? error.message : String(error);
  return {
    code: grpc.status.FAILED_PRECONDITION,
    details: `policy pack did not start: ${details}`,
  };
}
