// The language host with programs that stand in for the SDK's runner: proves how runs end and what
// the engine is told. The real engine and SDK are proven in test/e2e.
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { credentials, Server, ServerCredentials, type ServiceError } from "@grpc/grpc-js";
import languageGrpc from "@pulumi/pulumi/proto/language_grpc_pb.js";
import languagePb from "@pulumi/pulumi/proto/language_pb.js";
import { expect } from "chai";
import { addLanguageService } from "../../../../sandbox/plugins/language-nodejs/language-service.ts";

type Client = InstanceType<typeof languageGrpc.LanguageRuntimeClient>;
type RunResponse = InstanceType<typeof languagePb.RunResponse>;

describe("the language host", () => {
  let program: string;
  let server: Server;
  let client: Client;
  let output: string;
  let stopping: AbortController;

  beforeEach(async () => {
    program = await mkdtemp(join(tmpdir(), "program-"));
    output = "";
    stopping = new AbortController();
    server = new Server();
    const note = (chunk: Buffer) => void (output += chunk.toString());
    const host = { version: "3.2.1", env: process.env, output: { stdout: note, stderr: note } };
    addLanguageService(server, host, {
      signal: stopping.signal,
      engineAddress: "127.0.0.1:2",
      stop: () => undefined,
    });
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
        if (error === null) resolve(bound);
        else reject(error);
      });
    });
    const address = `127.0.0.1:${port}`;
    client = new languageGrpc.LanguageRuntimeClient(address, credentials.createInsecure());
  });

  afterEach(async () => {
    client.close();
    server.forceShutdown();
    await rm(program, { recursive: true });
  });

  /** Installs a package of the SDK's name whose runner is the given code. */
  async function installRunner(name: string, code: string): Promise<void> {
    const sdk = join(program, "node_modules/@pulumi/pulumi");
    await mkdir(join(sdk, "cmd", name), { recursive: true });
    await mkdir(join(sdk, "node_modules/source-map-support"), { recursive: true });
    await writeFile(
      join(sdk, "node_modules/source-map-support/index.js"),
      "exports.install = () => {};",
    );
    await writeFile(join(sdk, "cmd", name, "index.js"), code);
  }

  function run(): Promise<RunResponse | ServiceError> {
    const info = new languagePb.ProgramInfo();
    info.setProgramDirectory(program);
    info.setEntryPoint("index.ts");
    const request = new languagePb.RunRequest();
    request.setInfo(info);
    request.setStack("dev");
    request.getConfigMap().set("sock-shop:incident", "none");
    return new Promise((resolve) => {
      client.run(request, (error, response) => {
        resolve(error ?? response);
      });
    });
  }

  it("runs a program and passes its output on", async () => {
    await installRunner(
      "run",
      `console.log(process.argv.slice(2).join(" "), process.env.PULUMI_CONFIG); console.error("!")`,
    );

    const response = (await run()) as RunResponse;

    expect(response.getError()).to.equal("");
    expect(response.getBail()).to.equal(false);
    expect(output.split("\n").sort()).to.deep.equal([
      "",
      "!",
      `--engine 127.0.0.1:2 --stack dev --pwd ${program} --parallel 0 index.ts ` +
        '{"sock-shop:incident":"none"}',
    ]);
  });

  it("bails out when the SDK has shown the error already", async () => {
    await installRunner("run", "process.exit(32)");

    const response = (await run()) as RunResponse;

    expect([response.getError(), response.getBail()]).to.deep.equal(["", true]);
  });

  it("tells the exit code of a program that failed otherwise", async () => {
    await installRunner("run", "process.exit(3)");

    const response = (await run()) as RunResponse;

    expect([response.getError(), response.getBail()]).to.deep.equal([
      "Program exited with non-zero exit code: 3",
      false,
    ]);
  });

  it("says what to install when the SDK is missing", async () => {
    const error = (await run()) as ServiceError;

    expect(error.details).to.equal(
      `@pulumi/pulumi/cmd/run is not installed in ${program}: run \`pulumi install\` or ` +
        "`npm install` there",
    );
  });

  it("ends the program when the update is cancelled", async () => {
    await installRunner(
      "run",
      `process.on("SIGINT", () => process.exit(7)); console.log("up"); setInterval(() => {}, 1000)`,
    );
    const running = run();
    while (!output.includes("up")) await new Promise((resolve) => setTimeout(resolve, 5));

    stopping.abort();

    expect(((await running) as RunResponse).getError()).to.equal(
      "Program exited with non-zero exit code: 7",
    );
  });

  it("announces a port for a policy pack before it starts it", async () => {
    await installRunner("run-policy-pack", "console.log(4711); setInterval(() => {}, 1000)");
    const info = new languagePb.ProgramInfo();
    info.setProgramDirectory(program);
    const request = new languagePb.RunPluginRequest();
    request.setInfo(info);
    request.setKind("analyzer");
    const stream = client.runPlugin(request);

    const port = await new Promise<string>((resolve, reject) => {
      stream.on("data", (response: InstanceType<typeof languagePb.RunPluginResponse>) => {
        resolve(Buffer.from(response.getStdout_asU8()).toString());
      });
      stream.on("error", reject);
    });
    stream.removeAllListeners("error");
    stream.on("error", () => undefined);
    stream.cancel();

    expect(port).to.match(/^\d+\n$/);
  });

  it("refuses what it does not serve by name", async () => {
    const error = await new Promise<ServiceError | null>((resolve) => {
      client.pack(new languagePb.PackRequest(), resolve);
    });

    expect(error?.details).to.equal(
      "pack is not served by the stand-in language host: install the official Pulumi release",
    );
  });
});
