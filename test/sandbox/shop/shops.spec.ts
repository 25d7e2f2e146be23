import { expect } from "chai";
import { freePort } from "../../../sandbox/host/ports.ts";
import type { ClusterObjects } from "../../../sandbox/kube/cluster-view.ts";
import type { EndpointSlice, Pod, Service } from "../../../sandbox/kube/objects.ts";
import { podSpecOf } from "../../../sandbox/shop/kubelet/pod-spec.ts";
import { startPod } from "../../../sandbox/shop/kubelet/start-pod.ts";
import { createShops } from "../../../sandbox/shop/shops.ts";
import type { Shops } from "../../../sandbox/shop/shops.ts";
import { podOf, sliceOf } from "../kube/objects.ts";

// Real pods and sockets on loopback; only the cluster's objects are made up. A payment pod stands
// behind each front-end Service: it counts who asks by its shop.

interface Place {
  readonly namespace: string;
  readonly minute: number;
  readonly nodePort?: number;
}

function objectsOf(...places: readonly Place[]): ClusterObjects {
  const pods: Pod[] = [];
  const services: Service[] = [];
  const slices: EndpointSlice[] = [];
  for (const { namespace, minute, nodePort } of places) {
    const pod = podOf("payment", `${namespace}-0`);
    pods.push({ ...pod, metadata: { ...pod.metadata, namespace } });
    const creationTimestamp = new Date(Date.UTC(2025, 9, 28, 10, minute));
    const port = { name: "http", port: 80, ...(nodePort !== undefined && { nodePort }) };
    services.push({
      metadata: { name: "front-end", namespace, creationTimestamp },
      spec: { ports: [port] },
    });
    const slice = sliceOf({ service: "front-end", uids: [`${namespace}-0`] });
    slices.push({ ...slice, metadata: { ...slice.metadata, namespace } });
  }
  return { pods, services, slices };
}

const namespaces = (shops: Shops) => shops.all().map(({ namespace }) => namespace);
const answers = async (port: number): Promise<boolean> =>
  await fetch(`http://127.0.0.1:${port}/health`).then(
    ({ ok }) => ok,
    () => false,
  );
const asked = (shops: Shops, namespace: string): number => {
  const shop = shops.all().find((one) => one.namespace === namespace);
  const lines = shop?.runtime.lines(`payment-${namespace}-0`) ?? [];
  return lines.filter(({ text }) => text.includes("method=Health")).length;
};

describe("the shops of a cluster", () => {
  let frontEndPort: number;
  let nodePort: number;
  let shops: Shops;
  const problems: string[] = [];

  beforeEach(async () => {
    [frontEndPort, nodePort] = [await freePort(), await freePort()];
    problems.length = 0;
    shops = createShops({
      frontEndPort,
      retryMs: 5,
      onState: () => undefined,
      onProblem: (message) => problems.push(message),
      start: async (pod, podContext) =>
        await startPod(await podSpecOf(pod, () => Promise.resolve(undefined)), podContext),
    });
  });

  afterEach(async () => {
    await shops.close();
  });

  it("do not exist before there is a front-end", async () => {
    await shops.follow({ pods: [], services: [], slices: [] });

    expect(shops.first()).to.equal(undefined);
    expect(namespaces(shops)).to.deep.equal([]);
  });

  it("run beside each other: the oldest has the port, the others their node ports", async () => {
    const team = { namespace: "a-team", minute: 2, nodePort };
    await shops.follow(objectsOf(team, { namespace: "sock-shop", minute: 1 }));

    expect(namespaces(shops)).to.deep.equal(["sock-shop", "a-team"]);
    expect(await answers(frontEndPort)).to.equal(true);
    expect([asked(shops, "sock-shop"), asked(shops, "a-team")]).to.deep.equal([1, 0]);
    expect(await answers(nodePort)).to.equal(true);
    expect([asked(shops, "sock-shop"), asked(shops, "a-team")]).to.deep.equal([1, 1]);
    expect(problems).to.deep.equal([]);
  });

  it("give Services of the same name addresses of their own where no port is declared", async () => {
    const [first, second, third] = ["one", "two", "three"].map((namespace, minute) => ({
      namespace,
      minute,
    }));
    await shops.follow(objectsOf(...[first, second, third].filter((place) => place !== undefined)));

    const addresses = shops.all().map(({ runtime }) => runtime.routes()[0]?.address);
    expect(addresses[0]).to.equal(`127.0.0.1:${frontEndPort}`);
    expect(new Set(addresses)).to.have.property("size", 3);
    expect(problems).to.deep.equal([]);
  });

  it("hand the port on when the first one is gone, and end its pods", async () => {
    const team = { namespace: "a-team", minute: 2 };
    await shops.follow(objectsOf(team, { namespace: "sock-shop", minute: 1 }));
    await shops.follow(objectsOf(team));

    expect(namespaces(shops)).to.deep.equal(["a-team"]);
    expect(await answers(frontEndPort)).to.equal(true);
    expect(asked(shops, "a-team")).to.equal(1);
    expect(problems).to.deep.equal([]);
  });

  it("leave the port with who has it when an older one appears", async () => {
    await shops.follow(objectsOf({ namespace: "sock-shop", minute: 5 }));
    const older = { namespace: "older", minute: 1, nodePort };
    await shops.follow(objectsOf(older, { namespace: "sock-shop", minute: 5 }));

    expect(shops.first()?.namespace).to.equal("sock-shop");
    expect(await answers(nodePort)).to.equal(true);
    expect(asked(shops, "older")).to.equal(1);
  });
});
