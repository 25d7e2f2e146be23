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

  it("could let it through by a rule for the node without ports, and by none with ports", () => {
    const rule = (ports: object) => ({
      metadata: { name: "rejections", namespace: "sock-shop" },
      spec: {
        podSelector: { matchLabels: { name: "orders" } },
        policyTypes: ["Ingress"],
        ingress: [{ from: [{ ipBlock: { cidr: `${node}/32` } }], ...ports }],
      },
    });

    const tcp = { ports: [{ protocol: "TCP", port: 1, endPort: 65_535 }] };
    expect(verdicts([rejection("orders")], [rule({})])).to.deep.equal([true]);
    expect(verdicts([rejection("orders")], [rule(tcp)])).to.deep.equal([false]);
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
