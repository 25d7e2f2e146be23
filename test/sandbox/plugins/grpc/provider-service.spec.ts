import { credentials, Server, ServerCredentials, status, type ServiceError } from "@grpc/grpc-js";
import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import providerPb from "@pulumi/pulumi/proto/provider_pb.js";
import statusPb from "@pulumi/pulumi/proto/status_pb.js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import { expect } from "chai";
import { InitializationError, PluginError } from "../../../../sandbox/plugins/grpc/plugin-error.ts";
import { Secret } from "../../../../sandbox/plugins/grpc/property-value.ts";
import { addProviderService } from "../../../../sandbox/plugins/grpc/provider-service.ts";
import type { Provider } from "../../../../sandbox/plugins/grpc/provider.ts";
import { fromStruct, toStruct } from "../../../../sandbox/plugins/grpc/wire-value.ts";

type Client = InstanceType<typeof providerGrpc.ResourceProviderClient>;

const refuse = () => Promise.reject(new Error("not part of this test"));
const provider: Provider = {
  version: "1.2.3",
  checkConfig: refuse,
  diffConfig: refuse,
  configure: refuse,
  check: refuse,
  diff: refuse,
  create: refuse,
  read: refuse,
  update: refuse,
  delete: refuse,
};

describe("the gRPC service of a provider", () => {
  let server: Server;
  let client: Client;
  let stopped: number;

  async function serve(served: Partial<Provider>): Promise<void> {
    server = new Server();
    stopped = 0;
    const life = {
      signal: new AbortController().signal,
      engineAddress: undefined,
      stop: () => void (stopped += 1),
    };
    addProviderService(server, { ...provider, ...served }, life);
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
        if (error === null) resolve(bound);
        else reject(error);
      });
    });
    const address = `127.0.0.1:${port}`;
    client = new providerGrpc.ResourceProviderClient(address, credentials.createInsecure());
  }

  afterEach(() => {
    client.close();
    server.forceShutdown();
  });

  function create(): Promise<ServiceError | string> {
    const request = new providerPb.CreateRequest();
    request.setUrn("urn");
    request.setProperties(toStruct({ key: new Secret("s3cret") }));
    return new Promise((resolve) => {
      client.create(request, (error, response) => {
        resolve(error ?? response.getId());
      });
    });
  }

  it("tells the engine that it takes secrets", async () => {
    await serve({});

    const accepts = await new Promise<boolean>((resolve, reject) => {
      client.handshake(new providerPb.ProviderHandshakeRequest(), (error, response) => {
        if (error === null) resolve(response.getAcceptSecrets());
        else reject(error);
      });
    });

    expect(accepts).to.equal(true);
  });

  it("passes inputs with their secrets", async () => {
    const seen: unknown[] = [];
    await serve({
      create: ({ inputs }) => {
        seen.push(inputs);
        return Promise.resolve({ id: "i", outputs: {} });
      },
    });

    expect(await create()).to.equal("i");
    expect(seen).to.deep.equal([{ key: new Secret("s3cret") }]);
  });

  it("answers a PluginError by its message alone", async () => {
    await serve({ create: () => Promise.reject(new PluginError("no: do x", status.UNAVAILABLE)) });

    const error = (await create()) as ServiceError;

    expect(error.code).to.equal(status.UNAVAILABLE);
    expect(error.details).to.equal("no: do x");
  });

  it("answers an unexpected error in one line, without its stack", async () => {
    await serve({ create: () => Promise.reject(new TypeError("x is not a function")) });

    const error = (await create()) as ServiceError;

    expect(error.code).to.equal(status.INTERNAL);
    expect(error.details).to.equal(
      "unexpected failure of the stand-in plugin: TypeError: x is not a function",
    );
  });

  it("hands over what exists of a resource that did not become ready", async () => {
    const outputs = { replicas: 0, key: new Secret("s3cret") };
    const partial = { id: "i", outputs };
    await serve({
      create: () => Promise.reject(new InitializationError(partial, ["pods are not ready"])),
    });

    const error = (await create()) as ServiceError;

    const [details] = error.metadata.get("grpc-status-details-bin");
    const [any] = statusPb.Status.deserializeBinary(details as Buffer).getDetailsList();
    expect(any?.getTypeName()).to.equal("pulumirpc.ErrorResourceInitFailed");
    const failed = providerPb.ErrorResourceInitFailed.deserializeBinary(
      any?.getValue_asU8() ?? new Uint8Array(),
    );
    expect(failed.getId()).to.equal("i");
    expect(failed.getReasonsList()).to.deep.equal(["pods are not ready"]);
    expect(fromStruct(failed.getProperties())).to.deep.equal(outputs);
  });

  it("answers a resource that is gone without an id", async () => {
    await serve({ read: () => Promise.resolve(undefined) });
    const request = new providerPb.ReadRequest();
    request.setId("i");

    const id = await new Promise<string>((resolve, reject) => {
      client.read(request, (error, response) => {
        if (error === null) resolve(response.getId());
        else reject(error);
      });
    });

    expect(id).to.equal("");
  });

  it("tells changes by path, and which of them need a new resource", async () => {
    await serve({
      diff: () =>
        Promise.resolve({
          changes: [
            { path: "spec.ports[0].port", kind: "update" },
            { path: 'metadata.labels["a.b/c"]', kind: "delete" },
            { path: "spec.selector", kind: "add", replace: true },
          ],
        }),
    });

    const response = await new Promise<InstanceType<typeof providerPb.DiffResponse>>(
      (resolve, reject) => {
        client.diff(new providerPb.DiffRequest(), (error, answer) => {
          if (error === null) resolve(answer);
          else reject(error);
        });
      },
    );

    const { Kind } = providerPb.PropertyDiff;
    expect(response.getChanges()).to.equal(providerPb.DiffResponse.DiffChanges.DIFF_SOME);
    expect(response.getDiffsList()).to.deep.equal(["spec", "metadata"]);
    expect(response.getReplacesList()).to.deep.equal(["spec"]);
    const detailed = response.getDetaileddiffMap();
    expect(detailed.get("spec.ports[0].port")?.getKind()).to.equal(Kind.UPDATE);
    expect(detailed.get('metadata.labels["a.b/c"]')?.getKind()).to.equal(Kind.DELETE);
    expect(detailed.get("spec.selector")?.getKind()).to.equal(Kind.ADD_REPLACE);
  });

  it("refuses a function when the provider has none", async () => {
    await serve({});
    const request = new providerPb.InvokeRequest();
    request.setTok("datadog:index/getMonitor:getMonitor");

    const error = await new Promise<ServiceError | null>((resolve) => {
      client.invoke(request, resolve);
    });

    expect(error?.details).to.equal(
      "function datadog:index/getMonitor:getMonitor is not served by this stand-in plugin",
    );
  });

  it("answers a cancellation, then stops", async () => {
    await serve({});

    const error = await new Promise<ServiceError | null>((resolve) => {
      client.cancel(new emptyPb.Empty(), resolve);
    });

    expect(error).to.equal(null);
    expect(stopped).to.equal(1);
  });
});
