import { spawn } from "node:child_process";
import { expect } from "chai";
import { mkdir, readFile, readlink, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { clusterStatus, startCluster, stopCluster } from "../../../sandbox/cluster/cluster.ts";
import { clusterDir } from "../../../sandbox/cluster/kwokctl.ts";
import { freePort } from "../../../sandbox/host/ports.ts";
import { expectGoldenText } from "../../support/golden/golden-text.ts";
import { fakeKwokctl, makeCluster, type FakeKwokctl } from "./fake-kwokctl.ts";

const noAccount = 'Error from server (NotFound): serviceaccounts "default" not found';

describe("the cluster", () => {
  let kwok: FakeKwokctl;

  beforeEach(async () => {
    kwok = await fakeKwokctl();
  });

  afterEach(() => kwok.remove());

  const messageOf = (call: Promise<unknown>): Promise<string> =>
    call.then(
      () => "no error",
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );

  async function makeStopped(): Promise<void> {
    await makeCluster(kwok.paths);
    await writeFile(join(kwok.paths.kwokDir, "complete"), kwok.paths.kwokDir);
  }

  it("is created by exactly these commands", async () => {
    const started = await startCluster(kwok.options);

    expectGoldenText("kwokctl-create.txt", kwok.transcript());
    expect(started).to.deep.equal({
      created: true,
      context: "kwok-sock-shop",
      kubeconfig: kwok.paths.kubeconfig,
    });
  });

  it("gives kwokctl nothing of the user's environment but PATH", async () => {
    await startCluster(kwok.options);

    const { kwokDir } = kwok.paths;
    for (const env of kwok.environments) {
      expect(env).to.deep.equal({ PATH: "/usr/bin", HOME: kwokDir, KWOK_WORKDIR: kwokDir });
    }
  });

  it("writes a kubeconfig that only the user can read", async () => {
    await startCluster(kwok.options);

    expect(await readFile(kwok.paths.kubeconfig, "utf8")).to.equal("kind: Config\n");
    expect((await stat(kwok.paths.kubeconfig)).mode & 0o777).to.equal(0o600);
    expect((await stat(kwok.paths.kwokDir)).mode & 0o777).to.equal(0o700);
  });

  it("is started, not created, when it exists and is stopped", async () => {
    await makeStopped();

    const { created } = await startCluster(kwok.options);

    expect(created).to.equal(false);
    expectGoldenText("kwokctl-restart.txt", kwok.transcript());
  });

  it("is started with the programs of today, wherever they have moved since", async () => {
    await makeStopped();

    await startCluster(kwok.options);

    const link = join(clusterDir(kwok.paths), "bin", "kwok-controller");
    expect(await readlink(link)).to.equal("/bin/kwok");
  });

  it("is not started while a process whose pid was recycled looks like a component", async () => {
    await makeStopped();
    const pidFile = join(clusterDir(kwok.paths), "pids", "etcd.pid");
    await writeFile(pidFile, String(process.pid));

    await startCluster(kwok.options);

    expect(await messageOf(stat(pidFile))).to.include("ENOENT");
  });

  it("is created again when an earlier creation was interrupted", async () => {
    await makeCluster(kwok.paths);
    const leftover = join(clusterDir(kwok.paths), "leftover");
    await writeFile(leftover, "");

    const { created } = await startCluster(kwok.options);

    expect(created).to.equal(true);
    expect(await messageOf(stat(leftover))).to.include("ENOENT");
  });

  it("is created again when the checkout has moved: its files name the old place", async () => {
    await makeCluster(kwok.paths);
    await writeFile(join(kwok.paths.kwokDir, "complete"), "/old/place/.sandbox/kwok");

    expect((await startCluster(kwok.options)).created).to.equal(true);
  });

  it("stays half-created when a command fails, and says which and where to look", async () => {
    kwok.fail("scale node", { stderr: "one\nno such resource\n" });

    expect(await messageOf(startCluster(kwok.options))).to.equal(
      "could not add nodes: no such resource; the components' logs are in " +
        join(clusterDir(kwok.paths), "logs"),
    );
    expect((await clusterStatus(kwok.paths)).state).to.equal("half-created");
  });

  it("waits for the default service account, which busy controllers make late", async () => {
    kwok.fail("get serviceaccount", { stderr: noAccount }, 2);

    expect((await startCluster(kwok.options)).created).to.equal(true);
    const asked = kwok.transcript().split("\n");
    expect(asked.filter((line) => line.endsWith("get serviceaccount default"))).to.have.length(3);
  });

  it("does not wait for the default service account once the controllers have ended", async () => {
    kwok.fail("get serviceaccount", { stderr: noAccount });
    const folder = clusterDir(kwok.paths);
    const etcd = spawn(process.execPath, ["-e", "setInterval(() => 0, 1000)", folder]);
    try {
      kwok.onCreated = () => writeFile(join(folder, "pids", "etcd.pid"), String(etcd.pid));

      expect(await messageOf(startCluster(kwok.options))).to.equal(
        `could not keep kube-controller-manager running: ${noAccount}; the components' logs are in ` +
          join(folder, "logs"),
      );
    } finally {
      etcd.kill();
    }
  });

  it("says how long it waited when a command does not end", async () => {
    kwok.fail("create cluster", { code: undefined, timedOut: true });

    expect(await messageOf(startCluster(kwok.options))).to.match(
      /^could not create the cluster: no end after 180 s; /,
    );
  });

  it("refuses to start when somebody took one of its ports", async () => {
    await makeStopped();
    const port = await freePort();
    const saved = `options:\n  etcdPort: ${port}\n---\nkind: Stage\n`;
    await writeFile(join(clusterDir(kwok.paths), "kwok.yaml"), saved);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));

    const message = await messageOf(startCluster(kwok.options));

    await new Promise((resolve) => server.close(resolve));
    expect(message).to.match(
      new RegExp(`^port ${port} is in use by .*, but etcd of the sandbox's cluster needs it: `),
    );
    expect(message).to.match(/stop that program, or start over by make down$/);
    expect(kwok.transcript()).to.equal("\n");
  });

  it("leaves no file behind when it is stopped, and does not mind being stopped again", async () => {
    await startCluster(kwok.options);

    await stopCluster(kwok.paths);
    await stopCluster(kwok.paths);

    expect(await messageOf(stat(kwok.paths.kwokDir))).to.include("ENOENT");
    expect(await messageOf(stat(kwok.paths.kubeconfig))).to.include("ENOENT");
    expect((await clusterStatus(kwok.paths)).state).to.equal("absent");
  });

  it("tells the address of the API server that kwokctl saved", async () => {
    await makeStopped();
    const saved = "options:\n  kubeApiserverPort: 32764\n---\nkind: Stage\n";
    await writeFile(join(clusterDir(kwok.paths), "kwok.yaml"), saved);

    expect(await clusterStatus(kwok.paths)).to.deep.equal({
      state: "stopped",
      components: [],
      server: "https://127.0.0.1:32764",
    });
  });

  it("does not take an empty work folder for a cluster", async () => {
    await mkdir(kwok.paths.kwokDir, { recursive: true });

    expect(await clusterStatus(kwok.paths)).to.deep.equal({ state: "absent", components: [] });
  });
});
