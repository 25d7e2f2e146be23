import { expect } from "chai";
import type { LiveIncident } from "../../../../cli/incident/incident-state.ts";
import { faultedTraces, orderTraces } from "../../../../cli/incident/witness/order-traces.ts";
import {
  clusterProof,
  delayOf,
  type Evidence,
  faultyRequests,
  missingProofs,
  steadyProblems,
} from "../../../../cli/incident/witness/witness.ts";

const line = (trace: string, level: string, text: string, thread = `exec-${trace}`) =>
  `2030-01-02 03:04:05.006 ${level.padStart(5)} [orders,${trace},b1,false] 1 --- [${thread}] ` +
  `w.w.s.o.controllers.OrdersController     : ${text}`;
/** The dispatcher's own line: Sleuth has closed the trace by then. */
const dispatcher = (trace: string) =>
  line("", "ERROR", "Servlet.service() threw exception", `exec-${trace}`).replace(
    "[orders,,b1,false]",
    "[orders,,,]",
  );
const asked = (trace: string) => line(trace, "INFO", "Sending payment request: PaymentRequest{…}");
const answered = (trace: string, authorised: boolean) =>
  line(
    trace,
    "INFO",
    `Received payment response: PaymentResponse{authorised=${authorised}, message=…}`,
  );
const failed = (trace: string, cause: string) => `${dispatcher(trace)}\n\n${cause}\n\tat x.Y`;

const placed = `${asked("a1")}\n${answered("a1", true)}`;
const declined = `${asked("a2")}\n${answered("a2", false)}`;
const refused = `${asked("a3")}\n${failed("a3", "java.net.ConnectException: Connection refused")}`;
const timedOut = `${asked("a4")}\n${failed("a4", "java.util.concurrent.TimeoutException: null")}`;
const errored = `${asked("a5")}\n${failed("a5", "org.springframework.web.client.HttpServerErrorException: 500 null")}`;
const unshipped = `${asked("a6")}\n${answered("a6", true)}\n${failed("a6", "java.util.concurrent.TimeoutException: null")}`;
const withoutCart = `${line("a7", "INFO", "Starting calls")}\n${failed("a7", "java.net.ConnectException: Connection refused")}`;
const ofNoRequest = failed("a8", "java.net.ConnectException: Connection refused");
const all = [
  placed,
  declined,
  refused,
  timedOut,
  errored,
  unshipped,
  withoutCart,
  ofNoRequest,
].join("\n");

const proxied = (trace: string, flags: string) =>
  JSON.stringify({ path: "/paymentAuth", flags, trace_id: trace });
const hit = (incident: string, faulted: string[] = [], delay?: number) =>
  faultyRequests(incident, orderTraces(all), new Set(faulted), delay).map(({ trace }) => trace);

describe("requests that a fault hit", () => {
  it("are those that asked payment and got no answer, in payment-down", () => {
    expect(hit("payment-down")).to.deep.equal(["a3", "a4"]);
  });

  it("are only those whose trace the proxy has delayed or answered", () => {
    expect(hit("payment-slow", ["a3", "a4", "a5"])).to.deep.equal(["a4"]);
    expect(hit("payment-errors", ["a3", "a4", "a5"])).to.deep.equal(["a5"]);
    expect(hit("shipping-slow", ["a1", "a4", "a6"])).to.deep.equal(["a6"]);
    expect(hit("payment-slow")).to.deep.equal([]);
    expect(hit("payment-errors")).to.deep.equal([]);
    expect(hit("shipping-slow")).to.deep.equal([]);
  });

  it("may be placed where orders waits longer than the proxy", () => {
    expect(hit("payment-slow", ["a1"], 4.9)).to.deep.equal(["a1"]);
    expect(hit("payment-slow", ["a1"], 5)).to.deep.equal([]);
    expect(hit("shipping-slow", ["a1"], 4)).to.deep.equal(["a1"]);
  });

  it("are not found in a healthy shop, declines included", () => {
    const healthy = orderTraces(`${placed}\n${declined}`);
    for (const state of ["payment-down", "payment-slow", "payment-errors", "shipping-slow"]) {
      expect(faultyRequests(state, healthy, new Set()), state).to.deep.equal([]);
    }
    expect(healthy.filter(({ authorised }) => authorised === false)).to.have.length(1);
  });

  it("are read of the runbook's build, too", () => {
    const fix =
      "2025-10-28 10:04:45.548 ERROR [orders,3a80d1695a022d3d,baf9a0fc4bff5c8b,false] 1 --- " +
      "[  nio-80-exec-1] w.w.s.o.controllers.OrdersController     : Payment failed for order " +
      '6900953ac1f4320001b50703: I/O error on POST request for "http://payment/paymentAuth": ' +
      "Connection refused";
    const call = fix.replace("ERROR", " INFO").replace(/ : .*/, " : Calling payment service at x");

    expect(orderTraces(`${call}\n${fix}`)).to.deep.equal([
      { trace: "3a80d1695a022d3d", asked: true, failure: "refused" },
    ]);
  });

  it("are joined with the proxy's lines by the trace alone", () => {
    const log = [proxied("a4", "DI"), proxied("a5", "FI"), proxied("a1", "-"), "[info] started"];

    expect([...faultedTraces(log.join("\n"))]).to.deep.equal(["a4", "a5"]);
  });
});

function live(changes: Partial<LiveIncident> = {}): LiveIncident {
  return {
    payment: { desired: 1, available: 1 },
    readyEndpoints: 1,
    routing: { routes: [{ service: "payment", pods: "payment" }], proxies: [] },
    jobs: [],
    ...changes,
  };
}

function behind(available: number): LiveIncident {
  const proxy = { name: "payment-proxy", fault: "8s delay of 100 %", desired: 1, available };
  const routes = [{ service: "payment", pods: "payment-proxy" }];
  return live({ routing: { routes, proxies: [proxy] } });
}

describe("what Kubernetes says for a fault", () => {
  it("is a Service without endpoints in payment-down", () => {
    expect(clusterProof("payment-down", live())).to.equal(undefined);
    expect(
      clusterProof(
        "payment-down",
        live({ payment: { desired: 0, available: 0 }, readyEndpoints: 0 }),
      ),
    ).to.equal("Service payment has no ready endpoint, its Deployment wants 0 pods");
  });

  it("is a Service that leads to a proxy with pods in the other states", () => {
    expect(clusterProof("payment-slow", live())).to.equal(undefined);
    expect(clusterProof("payment-slow", behind(0))).to.equal(undefined);
    expect(clusterProof("payment-slow", behind(1))).to.equal(
      "Service payment leads to payment-proxy (8s delay of 100 %)",
    );
    expect(clusterProof("shipping-slow", behind(1))).to.equal(undefined);
  });

  it("has the proxy's delay", () => {
    expect(delayOf("payment-slow", behind(1))).to.equal(8);
    expect(delayOf("payment-down", live())).to.equal(undefined);
  });
});

describe("a fault counts as landed", () => {
  const controls = [{ name: "login" }, { name: "catalogue" }, { name: "cart" }] as const;
  const landed: Evidence = { cluster: "no endpoint", requests: ["a3"], declined: 0, controls };

  it("by two proofs while the controls hold", () => {
    expect(missingProofs("payment-down", landed)).to.deep.equal([]);
  });

  it("by neither proof alone", () => {
    const { cluster: _none, ...withoutCluster } = landed;
    expect(_none).to.equal("no endpoint");
    expect(missingProofs("payment-down", withoutCluster)).to.deep.equal([
      "Kubernetes: Service payment still has ready endpoints",
    ]);
    expect(missingProofs("payment-down", { ...landed, requests: [] })).to.deep.equal([
      "orders: no request failed at payment",
    ]);
    expect(missingProofs("payment-slow", { ...withoutCluster, requests: [] })).to.deep.equal([
      "Kubernetes: Service payment does not lead to a proxy that is available",
      "orders: no request failed at payment by a fault of the proxy",
    ]);
  });

  it("not while a control fails or was not tried", () => {
    const broken = [
      { name: "login", problem: "GET /login answers 401" },
      { name: "cart" },
    ] as const;

    expect(missingProofs("payment-down", { ...landed, controls: broken })).to.deep.equal([
      "control login: GET /login answers 401",
      "control catalogue: not tried",
    ]);
  });

  it("only where the same was silent in the healthy shop", () => {
    const quiet = { requests: [], declined: 3, controls };

    expect(steadyProblems("payment-down", quiet)).to.deep.equal([]);
    expect(steadyProblems("payment-down", landed)).to.deep.equal([
      "the fault is there before it is staged: no endpoint",
      "1 requests look as with payment-down in the healthy shop",
    ]);
  });
});
