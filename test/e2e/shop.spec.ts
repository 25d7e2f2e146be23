/**
 * The shop on this machine, following a control plane of real binaries.
 *
 * Proves that the manifests which the stack declares run as programs: an order goes through, payment
 * without pods refuses connections, Services and rollouts are followed, `kubectl logs` shows what a
 * pod prints, and a crash shows in its status. Does not prove that the real images behave like the
 * stand-ins.
 */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { KubeConfig } from "@kubernetes/client-node";
import { expect } from "chai";
import { deploymentArgs } from "../../components/shop/manifests/deployment.ts";
import { serviceArgs } from "../../components/shop/manifests/service.ts";
import { workloads } from "../../components/shop/workloads.ts";
import type { ClusterOptions } from "../../sandbox/cluster/cluster.ts";
import { startCluster, stopCluster } from "../../sandbox/cluster/cluster.ts";
import { clusterDir, kubectlCommand } from "../../sandbox/cluster/kwokctl.ts";
import { sandboxPaths } from "../../sandbox/host/paths.ts";
import { freePort } from "../../sandbox/host/ports.ts";
import { run } from "../../sandbox/host/run-command.ts";
import type { PodReport, RouteReport } from "../../sandbox/shop/control-app.ts";
import type { RunningShop } from "../../sandbox/shop/shop.ts";
import { runShop } from "../../sandbox/shop/shop.ts";
import { pythonFolder } from "../../sandbox/toolchain/python/python-folder.ts";
import { inspectToolchain } from "../../sandbox/toolchain/toolchain.ts";
import { shopper, socks } from "../../simulation/timeline/shopper.ts";

const execute = promisify(execFile);
const checkout = join(import.meta.dirname, "..", "..");
const namespace = "sock-shop";

describe("the shop that follows the cluster", () => {
  let root: string;
  let options: ClusterOptions;
  let shop: RunningShop;
  let frontEnd: string;
  let control: string;
  const problems: string[] = [];

  before(async function () {
    root = await mkdtemp(join(tmpdir(), "shop-e2e-"));
    const found = await clusterOptions(root);
    if (found === undefined) {
      process.stdout.write("skipped: not all tools are there; make up installs them\n");
      return this.skip();
    }
    options = found;
    await startCluster(options);
    const file = join(root, "shop.json");
    await writeFile(file, JSON.stringify(manifests()));
    await kubectl("apply", "--server-side", "-f", file);
    const [frontEndPort, controlPort] = [await freePort(), await freePort()];
    frontEnd = `http://127.0.0.1:${frontEndPort}`;
    control = `http://127.0.0.1:${controlPort}`;
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromFile(options.paths.kubeconfig);
    shop = await runShop({
      kubeConfig,
      frontEndPort,
      controlPort,
      logsDir: join(options.paths.logsDir, "pods"),
      place: {
        runDir: options.paths.runDir,
        logsDir: options.paths.logsDir,
        podsDir: join(options.paths.stateDir, "pods"),
        toolsDir: join(await pythonFolder("load", sandboxPaths(checkout, process.env)), "bin"),
      },
      onProblem: (message) => void problems.push(message),
    });
    await until(async () => (await pods()).filter(({ ready }) => ready).length === 14);
    // the cluster lists a pod behind its Service a little later
    await until(async () => (await routes()).every((one) => one.endpoints === 1));
  });

  after(async () => {
    await (shop as RunningShop | undefined)?.close();
    await stopCluster(sandboxPaths(root, process.env));
    await rm(root, { recursive: true });
  });

  async function kubectl(...args: string[]): Promise<string> {
    const [program, ...rest] = kubectlCommand(options.binaries, options.paths, ...args);
    return (await execute(program, [...rest, `--namespace=${namespace}`])).stdout.trim();
  }
  const ask = async (path: string): Promise<unknown> => (await fetch(control + path)).json();
  const pods = async () => (await ask("/sandbox/pods")) as readonly PodReport[];
  const routes = async () => (await ask("/sandbox/routes")) as readonly RouteReport[];
  const route = async (service: string) => (await routes()).find((one) => one.service === service);
  const endpoints = (count: number) => async () => (await route("payment"))?.endpoints === count;

  it("places an order through the front-end and shows it in the ledger", async () => {
    const customer = shopper(frontEnd);
    await customer.signUp("ada");
    await customer.fillCart(socks.figueroa);

    const { status } = await customer.order();

    expect(status).to.equal(201);
    expect(await ask("/sandbox/ledger")).to.include({ tried: 1, placed: 1, lost: 0 });
  });

  it("shows what a pod prints through kubectl logs", async () => {
    // kwok refuses until it has seen the pod's Logs
    await until(async () =>
      (await kubectl("logs", "deployment/orders").catch(String)).includes("shipped successfully"),
    );
    expect(await kubectl("logs", "deployment/payment")).to.match(
      /caller=logging\.go:25 method=Authorise result=true took=/,
    );
  });

  it("refuses connections to payment once its last pod has ended", async () => {
    const address = (await route("payment"))?.address ?? "";
    await kubectl("scale", "deployment/payment", "--replicas=0");
    await until(endpoints(0));

    const refused = await fetch(`http://${address}/health`).catch(
      (error: unknown) => ((error as Error).cause as NodeJS.ErrnoException).code,
    );

    expect(refused).to.equal("ECONNREFUSED");
    await kubectl("scale", "deployment/payment", "--replicas=1");
    await until(endpoints(1));
  });

  it("follows a Service that selects other pods", async () => {
    const select = (name: string) =>
      kubectl("patch", "service/payment", "-p", JSON.stringify({ spec: { selector: { name } } }));
    const { address = "" } = (await route("payment")) ?? {};
    const headers = { connection: "close" };
    const answer = async () => (await fetch(`http://${address}/shipping`, { headers })).text();

    await select("shipping");
    await until(async () => (await answer()) === "GET ALL Shipping Resource.");
    await select("payment");
    await until(async () => (await answer()) === "404 page not found\n");
  });

  it("shows in the pod's status that its program crashes", async () => {
    const set = (flag: string) =>
      kubectl(
        "patch",
        "deployment/payment",
        "--type=json",
        `--patch=[{"op":"replace","path":"/spec/template/spec/containers/0/args","value":["${flag}"]}]`,
      );
    await set("-limit=5");
    await until(async () =>
      (await kubectl("get", "pods", "-l", "name=payment")).includes("CrashLoopBackOff"),
    );
    expect(await kubectl("logs", "-l", "name=payment")).to.include(
      "flag provided but not defined: -limit",
    );
    await set("-port=8080");
    await until(endpoints(1));
  });

  it("goes on while the API server is away, and follows it again when it is back", async () => {
    const pidFile = join(clusterDir(options.paths), "pids", "kube-apiserver.pid");
    process.kill(Number((await readFile(pidFile, "utf8")).trim()), "SIGKILL");
    await until(() =>
      Promise.resolve(problems.some((line) => line.startsWith("lost the cluster"))),
    );
    expect((await fetch(`${frontEnd}/catalogue`)).status).to.equal(200);

    await startCluster(options);
    await until(() =>
      kubectl("scale", "deployment/payment", "--replicas=2").then(
        () => true,
        () => false,
      ),
    );
    await until(endpoints(2));
  });

  it("has had no other problem", () => {
    expect(problems.filter((line) => !line.startsWith("lost the cluster"))).to.deep.equal([]);
  });
});

async function until(test: () => Promise<boolean>, ms = 20_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await test())) {
    if (Date.now() > end) throw new Error(`not so after ${ms} ms: ${String(test)}`);
    await sleep(20);
  }
}

function manifests() {
  const shop = workloads({
    namespace,
    env: "sandbox",
    images: { set: "status-fix", overrides: {} },
    configured: {},
    staged: {},
  });
  return {
    apiVersion: "v1",
    kind: "List",
    items: [
      { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
      {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name: "catalogue-db", namespace },
        stringData: { "root-password": "sandbox" },
      },
      ...shop.flatMap((workload) => [
        { apiVersion: "apps/v1", kind: "Deployment", ...deploymentArgs(workload) },
        { apiVersion: "v1", kind: "Service", ...serviceArgs(workload) },
      ]),
    ],
  };
}

/** Undefined where a tool is missing. */
async function clusterOptions(root: string): Promise<ClusterOptions | undefined> {
  const { env } = process;
  const paths = sandboxPaths(root, env);
  const machine = { os: process.platform, arch: process.arch };
  const node = process.execPath;
  const terminal = { write: () => undefined, terminal: false };
  const reports = await inspectToolchain({ paths, env, node, machine, ...terminal });
  const path = (name: string): string =>
    reports.find((report) => report.name === name)?.tool?.path ?? "";
  const binaries = {
    kwokctl: path("kwokctl"),
    kwok: path("kwok"),
    etcd: path("etcd"),
    kubeApiserver: path("kube-apiserver"),
    kubeControllerManager: path("kube-controller-manager"),
    kubeScheduler: path("kube-scheduler"),
    kubectl: path("kubectl"),
  };
  if (Object.values(binaries).includes("")) return undefined;
  return { paths, binaries, path: env["PATH"] ?? "", run };
}
