/**
 * Proves by the policy engine of kind's own network what the declared policies let through: every
 * edge of the call graph, no other one, and whether the node's rejection of a call to a Service
 * without pods reaches the caller.
 *
 * Does not prove what happens before the engine is asked: kind up to v0.31 accepts a packet that
 * belongs to a known connection, so there the rejection arrives. Which address of the node the kernel
 * puts into the rejection is assumed: that of the pod's own gateway.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import {
  defaultDenyPolicy,
  nodeRepliesPolicy,
  workloadPolicy,
} from "../../components/shop/manifests/network-policy.ts";
import { workloadLabels } from "../../components/shop/manifests/labels.ts";
import type { Workload } from "../../components/shop/manifests/workload.ts";
import { shopWorkloads } from "../support/kubernetes/workloads.ts";

const source = new URL("../support/network-policies/", import.meta.url);
const node = "10.244.1.1";
const all = shopWorkloads();
const addressOf = (name: string) =>
  `10.244.1.${10 + all.findIndex(({ spec }) => spec.name === name)}`;

const replies = (...cidrs: string[]) => nodeRepliesPolicy("sock-shop", all, cidrs);

/** A packet as the engine sees it; ICMP has neither protocol nor port there. */
interface Packet {
  readonly from: string;
  readonly to: string;
  readonly protocol: "TCP" | "";
  readonly port: number;
}

const call = (from: string, to: Workload): Packet => ({
  from,
  to: addressOf(to.spec.name),
  protocol: "TCP",
  port: to.container.port,
});
const rejection = (to: string): Packet => ({
  from: node,
  to: addressOf(to),
  protocol: "",
  port: 0,
});

describe("the network policies before the engine of kind's network", function () {
  this.timeout(15 * 60_000);
  const folder = mkdtempSync(join(tmpdir(), "sock-shop-policies-"));
  const program = join(folder, "verdicts");

  before(function () {
    if (spawnSync("go", ["version"]).status !== 0) {
      console.log("      skipped: Go is not installed, and the engine is a program in Go");
      this.skip();
    }
    execFileSync("go", ["build", "-o", program, "."], { cwd: source, stdio: "inherit" });
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** What the engine says of each packet, with a further policy if one is given. */
  function verdicts(packets: readonly Packet[], further: readonly object[] = []): boolean[] {
    const policies = [
      defaultDenyPolicy("sock-shop"),
      ...all.map((workload) => workloadPolicy(workload, all)),
      ...further,
    ];
    const input = {
      namespaces: [{ metadata: { name: "sock-shop" } }],
      pods: all.map(podOf),
      policies,
      packets,
    };
    const text = execFileSync(program, { input: JSON.stringify(input), encoding: "utf8" });
    return JSON.parse(text) as boolean[];
  }

  it("let every service call those that it needs, and no others", () => {
    const pairs = all.flatMap((from) =>
      all.filter((to) => to !== from).map((to) => ({ from, to })),
    );

    const packets = pairs.map(({ from, to }) => call(addressOf(from.spec.name), to));
    const open = verdicts(packets).flatMap((isOpen, index) => {
      const pair = pairs[index];
      return isOpen && pair ? [`${pair.from.spec.name} to ${pair.to.spec.name}`] : [];
    });
    const needed = all.flatMap(({ spec }) =>
      spec.calls.map((callee) => `${spec.name} to ${callee}`),
    );
    expect(open.sort()).to.deep.equal(needed.sort());
  });

  it("let the node call front-end alone, which browsers reach through it", () => {
    const open = verdicts(all.map((to) => call(node, to)));

    const names = all.filter((_, index) => open[index]).map(({ spec }) => spec.name);
    expect(names).to.deep.equal(["front-end"]);
  });

  it("drop the node's rejection of orders' call, which makes an outage of payment a timeout", () => {
    expect(verdicts([rejection("orders")])).to.deep.equal([false]);
  });

  it("let the rejection through to every caller once nodeCidrs names the node's address", () => {
    const callers = all.filter(({ spec }) => spec.calls.length > 0).map(({ spec }) => spec.name);
    const packets = callers.map(rejection);
    const judged = (...cidrs: string[]) => verdicts(packets, [replies(...cidrs)]);

    expect(callers).to.include("orders");
    expect(verdicts(packets).some(Boolean)).to.equal(false);
    expect(judged(`${node}/32`).every(Boolean)).to.equal(true);
    expect(judged("10.244.0.1/32", `${node}/32`).every(Boolean)).to.equal(true);
    expect(judged("10.244.0.1/32", "10.244.2.0/24").some(Boolean)).to.equal(false);
  });

  it("open the callers to that address, on any port, and to no pod", () => {
    const further = [replies(`${node}/32`)];
    const orders = addressOf("orders");
    const toOrders = (from: string): Packet => ({ from, to: orders, protocol: "TCP", port: 9999 });
    const others = all.filter(({ spec }) => spec.name !== "orders");

    expect(verdicts([toOrders(node)], further)).to.deep.equal([true]);
    const pods = others.map(({ spec }) => toOrders(addressOf(spec.name)));
    expect(verdicts(pods, further).some(Boolean)).to.equal(false);
    const payment = all.filter(({ spec }) => spec.name === "payment");
    expect(
      verdicts(
        payment.map((to) => call(node, to)),
        further,
      ),
    ).to.deep.equal([false]);
  });

  it("would not let it through by a rule with ports, however many they are", () => {
    const { metadata, spec } = replies(`${node}/32`);
    const ports = [{ protocol: "TCP", port: 1, endPort: 65_535 }];
    const ingress = spec.ingress.map((rule) => ({ ...rule, ports }));

    const policy = { metadata, spec: { ...spec, ingress } };
    expect(verdicts([rejection("orders")], [policy])).to.deep.equal([false]);
  });
});

function podOf(workload: Workload) {
  const { spec, container, namespace } = workload;
  return {
    metadata: { name: spec.name, namespace, labels: workloadLabels(workload) },
    spec: {
      nodeName: "node",
      containers: [
        {
          name: spec.name,
          ports: [{ name: spec.portName, containerPort: container.port, protocol: "TCP" }],
        },
      ],
    },
    status: { podIP: addressOf(spec.name), phase: "Running" },
  };
}
