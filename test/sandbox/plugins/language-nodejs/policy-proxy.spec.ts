import { credentials, Server, ServerCredentials, type ServiceError } from "@grpc/grpc-js";
import analyzerGrpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzerPb from "@pulumi/pulumi/proto/analyzer_pb.js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import { expect } from "chai";
import {
  startPolicyProxy,
  type PolicyEnvironment,
  type PolicyProxy,
  type StartPack,
} from "../../../../sandbox/plugins/language-nodejs/policy-proxy.ts";

type Client = InstanceType<typeof analyzerGrpc.AnalyzerClient>;

describe("the proxy of a policy pack", () => {
  let pack: Server;
  let packPort: number;
  let proxy: PolicyProxy;
  let client: Client;
  let started: PolicyEnvironment[];

  beforeEach(async () => {
    started = [];
    pack = new Server();
    pack.addService(analyzerGrpc.AnalyzerService, {
      getAnalyzerInfo: (_call: unknown, done: (error: null, info: unknown) => void) => {
        const info = new analyzerPb.AnalyzerInfo();
        info.setName("sock-shop");
        done(null, info);
      },
    });
    packPort = await new Promise((resolve, reject) => {
      pack.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
        if (error === null) resolve(port);
        else reject(error);
      });
    });
  });

  afterEach(() => {
    client.close();
    proxy.close();
    pack.forceShutdown();
  });

  async function serve(startPack: StartPack): Promise<void> {
    proxy = await startPolicyProxy(startPack);
    const address = `127.0.0.1:${proxy.port}`;
    client = new analyzerGrpc.AnalyzerClient(address, credentials.createInsecure());
  }

  const start: StartPack = (environment) => {
    started.push(environment);
    return Promise.resolve(packPort);
  };

  function packName(): Promise<string> {
    return new Promise((resolve) => {
      client.getAnalyzerInfo(new emptyPb.Empty(), (error: ServiceError | null, info) => {
        resolve(error?.details ?? info.getName());
      });
    });
  }

  it("starts the pack once, with the stack in its environment, and passes calls on", async () => {
    await serve(start);
    const request = new analyzerPb.AnalyzerStackConfigureRequest();
    request.setProject("sock-shop");
    request.setStack("dev");
    request.setDryRun(true);
    request.getConfigMap().set("sock-shop:incident", "none");

    // The pack of this test is of before the call: that is passed over.
    const error = await new Promise<ServiceError | null>((resolve) => {
      client.configureStack(request, resolve);
    });

    expect(error).to.equal(null);
    expect(await packName()).to.equal("sock-shop");
    expect(started).to.deep.equal([
      {
        PULUMI_NODEJS_ORGANIZATION: "",
        PULUMI_NODEJS_PROJECT: "sock-shop",
        PULUMI_NODEJS_STACK: "dev",
        PULUMI_NODEJS_DRY_RUN: "true",
        PULUMI_CONFIG: '{"sock-shop:incident":"none"}',
      },
    ]);
  });

  it("starts the pack without a stack when the engine has none", async () => {
    await serve(start);

    expect(await packName()).to.equal("sock-shop");
    expect(started).to.deep.equal([{}]);
  });

  it("says why a pack did not start", async () => {
    await serve(() => Promise.reject(new Error("it exited with code 32")));

    expect(await packName()).to.equal("policy pack did not start: it exited with code 32");
  });
});
