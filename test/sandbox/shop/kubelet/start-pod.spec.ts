import { expect } from "chai";
import { connectionRefused } from "../../../../sandbox/shop/http/address.ts";
import { imageTraits } from "../../../../sandbox/shop/images.ts";
import type {
  PodSpec,
  PodState,
  PodContext,
  RunningPod,
} from "../../../../sandbox/shop/pod/running-pod.ts";
import { startPod } from "../../../../sandbox/shop/kubelet/start-pod.ts";
import { createPodLog } from "../../../../sandbox/shop/pod/pod-log.ts";
import type { Probe } from "../../../../sandbox/shop/pod/probes.ts";
import { runProbes } from "../../../../sandbox/shop/pod/probes.ts";
import { manualClock } from "../../../../simulation/timeline/manual-clock.ts";
import { startShop } from "../../../../simulation/timeline/simulated-shop.ts";
import { request, shopper, socks } from "../../../../simulation/timeline/shopper.ts";

const payment: PodSpec = {
  workload: "payment",
  image: "weaveworksdemos/payment:0.4.3",
  podName: "payment-0",
  env: {},
  args: ["-port=80"],
  probes: [],
};

function podContext(change: Partial<PodContext> = {}): PodContext {
  const refuse = () => {
    throw connectionRefused({ host: "10.0.0.1", port: 1 });
  };
  return { resolve: refuse, connect: refuse, record: () => undefined, ...change };
}

/** Loopback port that the pod listens on. */
function portOf({ ports }: RunningPod): number | undefined {
  return ports.values().next().value;
}

async function turn(): Promise<void> {
  await new Promise((done) => setTimeout(done, 5));
}

const readiness: Probe = {
  kind: "readiness",
  path: "/health",
  initialDelaySeconds: 20,
  periodSeconds: 5,
  failureThreshold: 3,
};

describe("a pod", () => {
  it("refuses an image that the sandbox does not know", async () => {
    const failed = await startPod({ ...payment, image: "nginx:1" }, podContext()).catch(
      (error: unknown) => String(error),
    );

    expect(failed).to.equal(
      'Error: the sandbox cannot imitate image "nginx:1": it knows weaveworksdemos/<service>, ' +
        "<registry>/sock-shop-<service>, mongo, mongodb, redis, redis-7, rabbitmq, mysql, mariadb",
    );
  });

  it("listens until it is stopped, and then refuses connections", async () => {
    const pod = await startPod(payment, podContext());
    const url = `http://127.0.0.1:${portOf(pod) ?? 0}/health`;

    const up = await request(url, "GET");
    await pod.stop();
    const down = await request(url, "GET").catch((error: unknown) => (error as Error).cause);

    expect(up.status).to.equal(200);
    expect(down).to.have.property("code", "ECONNREFUSED");
    expect(portOf(pod)).to.equal(undefined);
    expect(pod.lines.recent().map(({ text }) => text.replace(/^ts=\S+ /, ""))).to.deep.equal([
      "caller=main.go:95 transport=HTTP port=80",
      pod.lines.recent()[1]?.text.replace(/^ts=\S+ /, ""),
      "caller=main.go:107 exit=terminated",
    ]);
  });

  it("has the port inside of its container that its arguments say", async () => {
    const pod = await startPod({ ...payment, args: ["-port=8080"] }, podContext());

    expect(pod.containerPort).to.equal(8080);
    await pod.stop();
  });

  it("crashes on a flag that the program does not define, and backs off", async () => {
    const clock = manualClock();
    const states: PodState[] = [];
    const onChange = (state: PodState): unknown => states.push(state);
    const pod = await startPod(
      { ...payment, args: ["-limit=5"] },
      podContext({ clock, onChange: (state) => void onChange(state) }),
    );
    await clock.awaited(10_000);
    await pod.stop();

    expect(portOf(pod)).to.equal(undefined);
    expect(states.at(-1)).to.deep.equal({
      ready: false,
      restarts: 2,
      waiting: "CrashLoopBackOff",
    });
    expect(pod.lines.recent()[0]?.text).to.equal("flag provided but not defined: -limit");
  });

  it("is ready as soon as it listens when it has no readiness probe", async () => {
    const pod = await startPod(payment, podContext());

    expect(pod.state).to.deep.equal({ ready: true, restarts: 0 });
    await pod.stop();
  });

  it("is ready when its readiness probe has passed, and prints a health line per probe", async () => {
    const clock = manualClock();
    const pod = await startPod({ ...payment, probes: [readiness] }, podContext({ clock }));
    const before = pod.state.ready;

    clock.pass(20_000);
    await clock.awaited(5_000);
    clock.pass(5_000);
    await clock.awaited(5_000);
    const { ready } = pod.state;
    await pod.stop();

    expect([before, ready]).to.deep.equal([false, true]);
    const health = pod.lines.recent().filter(({ text }) => text.includes("method=Health result=1"));
    expect(health.length).to.equal(2);
  });

  it("waits for its database before it opens its port, as the user service does", async () => {
    const clock = manualClock();
    let reachable = false;
    const user: PodSpec = {
      ...payment,
      workload: "user",
      image: "weaveworksdemos/user:0.4.7",
      args: ["-port=80"],
    };
    const connect = (() => {
      if (!reachable) throw connectionRefused({ host: "10.0.0.1", port: 27017 });
      return {};
    }) as PodContext["connect"];
    const pod = await startPod(user, podContext({ clock, connect }));
    for (let tries = 1; tries < 10; tries += 1) {
      await clock.awaited(500);
      clock.pass(500);
    }
    await clock.awaited(500);
    const early = portOf(pod);

    reachable = true;
    clock.pass(500);
    while (!pod.state.ready) await turn();
    const late = portOf(pod);
    await pod.stop();

    expect(early).to.equal(undefined);
    expect(late).to.be.greaterThan(0);
    expect(pod.lines.recent()[0]?.text).to.equal("2030/01/02 03:04:09 no reachable servers");
  });

  it("loses its data when it is a database", async () => {
    const shop = await startShop("quay");
    const customer = shopper(shop.url("front-end"));
    await customer.signUp("ada");
    await customer.fillCart(socks.figueroa);
    await customer.order();

    await shop.stop("orders-db");
    await shop.start("orders-db");
    const { json } = await customer.send("GET", "/orders");
    await shop.close();

    expect(json).to.deep.equal([]);
  });

  it("hides the seed users where a volume covers them", async () => {
    const login = { authorization: `Basic ${Buffer.from("user:password").toString("base64")}` };
    const statuses = [];
    for (const mounts of [[], ["/data/db-users"]]) {
      const shop = await startShop("weave", { "user-db": { mounts } });
      const reply = await request(`${shop.url("front-end")}/login`, "GET", { headers: login });
      statuses.push(reply.status);
      await shop.close();
    }

    expect(statuses).to.deep.equal([200, 401]);
  });

  it("cannot reach the catalogue's database with another password than the database has", async () => {
    const args = ["-DSN=root:guess@tcp(catalogue-db:3306)/socksdb"];
    const shop = await startShop("quay", {
      "catalogue-db": { env: { MARIADB_ROOT_PASSWORD: "right" } },
      catalogue: { args },
    });

    const reply = await request(`${shop.url("catalogue")}/catalogue`, "GET");
    const text = shop.log("catalogue");
    await shop.close();

    expect(reply.status).to.equal(500);
    expect(reply.json).to.have.property("error", "database connection error");
    expect(text).to.include("DSN=root:guess@tcp(catalogue-db:3306)/socksdb");
  });
});

describe("probes", () => {
  it("fail only after as many failures in a row as the threshold says", async () => {
    const clock = manualClock();
    const answers = [200, 500, 500, 200, 500, 500, 500];
    const results: boolean[] = [];
    const get = () => Promise.resolve(answers.shift() ?? 500);
    const stop = runProbes([readiness], {
      clock,
      get,
      report: ({ passing }) => void results.push(passing),
    });

    clock.pass(20_000);
    for (let beat = 0; beat < 6; beat += 1) {
      await clock.awaited(5_000);
      clock.pass(5_000);
    }
    await clock.awaited(5_000);
    stop();

    expect(results).to.deep.equal([true, false]);
    expect(answers).to.deep.equal([]);
  });
});

describe("a startup probe", () => {
  it("runs alone until it has passed once", async () => {
    const clock = manualClock();
    const asked: string[] = [];
    const answers = [500, 200, 200];
    const startup = { ...readiness, kind: "startup" as const, path: "/start", periodSeconds: 2 };
    const get = ({ path }: Probe) => {
      asked.push(path);
      return Promise.resolve(answers.shift() ?? 200);
    };
    const stop = runProbes([readiness, startup], { clock, get, report: () => undefined });

    clock.pass(20_000);
    await clock.awaited(2_000);
    clock.pass(2_000);
    await clock.awaited(20_000);
    clock.pass(20_000);
    await clock.awaited(5_000);
    stop();

    expect(asked).to.deep.equal(["/start", "/start", "/health"]);
  });
});

describe("a pod's log", () => {
  it("keeps the newest lines only and splits text at line breaks", () => {
    const log = createPodLog(manualClock(), { lines: 3 });

    for (let line = 0; line < 10; line += 1) log.write("stdout", `${line}\n-`);

    expect(log.recent().map(({ text }) => text)).to.deep.equal(["-", "9", "-"]);
  });

  it("keeps a bounded number of characters, and always the newest line", () => {
    const log = createPodLog(manualClock(), { characters: 10 });
    const kept = () => log.recent().map(({ text }) => text);

    for (const text of ["12345", "1234", "12345", "12345"]) log.write("stdout", text);
    expect(kept()).to.deep.equal(["12345", "12345"]);

    log.write("stdout", "x".repeat(50));
    expect(kept()).to.deep.equal(["x".repeat(50)]);
  });
});

describe("an image reference", () => {
  for (const [image, traits] of [
    ["weaveworksdemos/orders:0.4.7", ["orders", "weave", false]],
    ["localhost:5000/mirror/weaveworksdemos/orders:0.4.7", ["orders", "weave", false]],
    ["quay.io/powercloud/sock-shop-orders:latest", ["orders", "quay", false]],
    ["quay.io/powercloud/sock-shop-orders:v1.0-status-fix", ["orders", "quay", true]],
    ["sock-shop-front-end:v1.1-error-fix", ["front-end", "quay", true]],
    ["sock-shop-front-end:v1.0-status-fix", ["front-end", "quay", false]],
    ["mongo:4.4.29@sha256:abc", ["mongo", "weave", false]],
  ] as const) {
    it(`of ${image} tells program, family and build`, () => {
      const { program, family, statusFix } = imageTraits(image);

      expect([program, family, statusFix]).to.deep.equal(traits);
    });
  }
});
