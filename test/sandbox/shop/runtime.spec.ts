import { expect } from "chai";
import fc from "fast-check";
import type { Runtime } from "../../../sandbox/shop/runtime.ts";
import { createRuntime } from "../../../sandbox/shop/runtime.ts";
import { podSpecOf } from "../../../sandbox/shop/kubelet/pod-spec.ts";
import type { ClusterView } from "../../../sandbox/kube/cluster-view.ts";
import { createServiceProxies } from "../../../sandbox/shop/kube-proxy/service-proxies.ts";
import { createHttpCall } from "../../../sandbox/shop/http/client.ts";
import { startPod } from "../../../sandbox/shop/kubelet/start-pod.ts";
import { podOf, serviceOf, sliceOf } from "../kube/objects.ts";

// The real pods, forwarders and sockets on loopback; only the cluster's objects are made up.

function newRuntime(): Runtime {
  return createRuntime({
    record: () => undefined,
    onState: () => undefined,
    retryMs: 5,
    start: async (pod, podContext) =>
      await startPod(await podSpecOf(pod, () => Promise.resolve(undefined)), podContext),
    serviceProxies: createServiceProxies({
      published: new Map(),
      onProblem: (message) => expect.fail(message),
    }),
  });
}

/** The view in which exactly these payment and shipping pods exist and the Service selects some. */
interface Scene {
  readonly payment: number;
  readonly shipping: number;
  readonly selects: "payment" | "shipping";
  /** Changes all uids, as re-creating every pod does. */
  readonly generation: number;
}

function viewOf({ payment, shipping, selects, generation }: Scene): ClusterView {
  const uids = (name: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${name}-${generation}-${index}`);
  const selected = selects === "payment" ? uids("payment", payment) : uids("shipping", shipping);
  return {
    namespace: "shop",
    pods: [
      ...uids("payment", payment).map((uid) => podOf("payment", uid)),
      ...uids("shipping", shipping).map((uid) =>
        podOf("shipping", uid, {
          spec: {
            nodeName: "node-0",
            containers: [
              {
                name: "shipping",
                image: "quay.io/powercloud/sock-shop-shipping:latest",
                args: ["--port=8080"],
              },
            ],
          },
        }),
      ),
    ],
    services: [serviceOf("payment")],
    slices: [sliceOf({ service: "payment", uids: selected })],
  };
}

/** Who answers a call to the Service, or the code of the socket's error. */
async function answerOf(runtime: Runtime): Promise<string> {
  return await createHttpCall(runtime.resolve)({ url: "http://payment/shipping" }).then(
    ({ status }) => (status === 200 ? "shipping" : "payment"),
    (error: unknown) => String((error as NodeJS.ErrnoException).code),
  );
}

function expectedAnswer({ payment, shipping, selects }: Scene): string {
  const behind = selects === "payment" ? payment : shipping;
  return behind === 0 ? "ECONNREFUSED" : selects;
}

const scene: fc.Arbitrary<Scene> = fc.record({
  payment: fc.integer({ min: 0, max: 3 }),
  shipping: fc.integer({ min: 0, max: 2 }),
  selects: fc.constantFrom("payment" as const, "shipping" as const),
  generation: fc.integer({ min: 0, max: 2 }),
});

describe("the shop's runtime", () => {
  it("serves what the cluster says after any sequence of scaling, routing and re-creating", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(scene, { minLength: 1, maxLength: 6 }), async (scenes) => {
        const runtime = newRuntime();
        try {
          for (const one of scenes) {
            await runtime.follow(viewOf(one));
            const { payment, shipping, selects } = one;

            expect(runtime.routes()[0]?.endpoints).to.equal(
              selects === "payment" ? payment : shipping,
            );
            expect(runtime.pods().length).to.equal(payment + shipping);
            expect(await answerOf(runtime)).to.equal(expectedAnswer(one));
          }
        } finally {
          await runtime.close();
        }
      }),
      { numRuns: 15 },
    );
  });

  it("ends where the last view ends when views come faster than pods start", async () => {
    const runtime = newRuntime();
    const scenes: Scene[] = [3, 0, 2, 1].map((payment, generation) => ({
      payment,
      shipping: 0,
      selects: "payment",
      generation,
    }));

    await Promise.all(scenes.map((one) => runtime.follow(viewOf(one))));
    const { length } = runtime.pods();
    const answer = await answerOf(runtime);
    await runtime.close();

    expect([length, answer]).to.deep.equal([1, "payment"]);
  });

  it("knows no other name than those of the cluster's Services", async () => {
    const runtime = newRuntime();
    await runtime.follow(viewOf({ payment: 1, shipping: 0, selects: "payment", generation: 0 }));

    expect(() => runtime.resolve("localhost", 80)).to.throw("getaddrinfo ENOTFOUND localhost");
    expect(() => runtime.resolve("payment.other", 80)).to.throw("ENOTFOUND");
    expect(() => runtime.resolve("payment", 81)).to.throw("ECONNREFUSED");
    expect(runtime.resolve("payment.shop.svc.cluster.local", 80)).to.have.property("port");
    await runtime.close();
  });

  it("shows why a pod does not run, and serves the others", async () => {
    const runtime = newRuntime();
    const view = viewOf({ payment: 1, shipping: 0, selects: "payment", generation: 0 });
    const foreign = podOf("x", "x", {
      spec: { nodeName: "node-0", containers: [{ name: "x", image: "nginx:1" }] },
    });

    await runtime.follow({ ...view, pods: [...view.pods, foreign] });
    const reports = runtime
      .pods()
      .map(({ workload, ready, problem }) => ({ workload, ready, problem }));
    await runtime.close();

    expect(reports[0]).to.deep.equal({ workload: "payment", ready: true, problem: undefined });
    expect(reports[1]?.problem).to.match(/^the sandbox cannot imitate image "nginx:1"/);
  });

  it("reaches a store through its Service only while a ready pod of it is behind", async () => {
    const runtime = newRuntime();
    const store = podOf("orders-db", "db", {
      spec: { nodeName: "node-0", containers: [{ name: "orders-db", image: "mongo:4.4.29" }] },
    });
    const services = [serviceOf("orders-db", 27_017)];
    const slice = sliceOf({ service: "orders-db", uids: ["db"], port: 27_017 });

    expect(() => runtime.connect("orders-db")).to.throw("ENOTFOUND");
    await runtime.follow({ namespace: "shop", pods: [store], services, slices: [] });
    expect(() => runtime.connect("orders-db")).to.throw("ECONNREFUSED");
    await runtime.follow({ namespace: "shop", pods: [store], services, slices: [slice] });
    expect(runtime.connect("orders-db").all()).to.deep.equal([]);
    expect(() => runtime.connect("carts-db", "orders-db")).to.throw("ECONNREFUSED");
    await runtime.close();
  });
});
