import { expect } from "chai";
import { preflightChecks, type PreflightFacts } from "../../../../cli/incident/preflight/checks.ts";
import { clockOffset, dateIn } from "../../../../cli/incident/preflight/clock-offset.ts";
import { catalogue } from "../../../../components/shop/catalogue.ts";

const cluster = {
  context: "kind-sockshop",
  offset: 0.4,
  nodes: [{ name: "n1", ready: true }],
  pods: [{ name: "payment-1", ready: true }],
  services: catalogue.map(({ name, servicePort }) => {
    return { name, ports: [servicePort], endpoints: 1 };
  }),
};
const datadog = { offset: 0, monitors: 26, alarms: [], pipelines: 1 };
const healthy: PreflightFacts = {
  interrupted: [],
  missingParts: [],
  disagreements: [],
  incident: "none",
  cluster,
  datadog,
  agent: { lines: 460, logs: 400 },
};

/** Name and finding of what does not hold. */
function problems(changes: Partial<PreflightFacts>): string[] {
  return preflightChecks({ ...healthy, ...changes })
    .filter(({ ok }) => !ok)
    .map(({ name, found }) => `${name}: ${found}`);
}

describe("what must hold before an incident is staged", () => {
  it("holds in a healthy shop, and says what was looked at", () => {
    expect(problems({})).to.deep.equal([]);
    expect(preflightChecks(healthy).map(({ name }) => name)).to.deep.equal([
      "earlier runs",
      "sandbox",
      "incident",
      "context",
      "clock of the API server",
      "nodes",
      "pods",
      "services",
      "endpoints",
      "clock of Datadog",
      "pipelines",
      "monitors",
      "alerts",
      "agent",
    ]);
  });

  const cases: readonly [string, Partial<PreflightFacts>, string][] = [
    [
      "an earlier run was cut off",
      { interrupted: ["run r1 was cut off in hold"] },
      "earlier runs: run r1 was cut off in hold",
    ],
    ["a part does not run", { missingParts: ["agent"] }, "sandbox: agent does not run"],
    ["an incident is on", { incident: "payment-slow" }, "incident: payment-slow is on"],
    [
      "somebody scaled payment",
      { disagreements: ["payment is scaled to 2"] },
      "incident: payment is scaled to 2",
    ],
    [
      "a node is down",
      { cluster: { ...cluster, nodes: [{ name: "n1", ready: false }] } },
      "nodes: n1 is not ready",
    ],
    ["there is no pod", { cluster: { ...cluster, pods: [] } }, "pods: there is no pod"],
    [
      "an alert stands",
      { datadog: { ...datadog, alarms: ["Orders fail"] } },
      'alerts: "Orders fail" alerts already',
    ],
    [
      "the pipeline is missing",
      { datadog: { ...datadog, pipelines: 0 } },
      "pipelines: that of the shop is missing",
    ],
    [
      "the keys are refused",
      { datadog: { ...datadog, problem: "refuses the keys" } },
      "Datadog: refuses the keys",
    ],
    [
      "the agent reads and sends nothing",
      { agent: { lines: 460, logs: 0 } },
      "agent: 460 lines read, 0 logs sent",
    ],
    [
      "the agent's clock is off",
      { cluster: { ...cluster, offset: -2.1 } },
      "clock of the API server: 2.1 s behind; at most 2 s are allowed",
    ],
  ];
  for (const [name, changes, problem] of cases) {
    it(`does not where ${name}`, () => {
      expect(problems(changes)).to.deep.equal([problem]);
    });
  }

  it("allows two seconds between clocks", () => {
    expect(problems({ datadog: { ...datadog, offset: 2 } })).to.deep.equal([]);
    expect(problems({ datadog: { ...datadog, offset: 2.01 } })).to.have.length(1);
  });

  it("does not without a cluster that answers", () => {
    const { cluster: _none, ...without } = healthy;
    expect(_none).to.equal(cluster);
    const found = preflightChecks(without).filter(({ ok }) => !ok);
    expect(found).to.deep.equal([
      { name: "cluster", ok: false, found: "the API server does not answer" },
    ]);
  });

  it("looks at the port that callers use, and at the endpoints", () => {
    const services = cluster.services.map((service) =>
      service.name === "orders" ? { ...service, ports: [8080], endpoints: 0 } : service,
    );

    expect(problems({ cluster: { ...cluster, services } })).to.deep.equal([
      "services: orders has port 8080, callers use 80",
      "endpoints: orders has none",
    ]);
    expect(problems({ cluster: { ...cluster, services: services.slice(1) } })[0]).to.contain(
      "is missing",
    );
  });
});

describe("the offset of a clock", () => {
  const date = "Wed, 02 Jan 2030 03:04:05 GMT";
  const at = Date.parse(date);

  it("is nothing while the whole second of the header fits", () => {
    expect(clockOffset(date, at, at + 10)).to.equal(0);
    expect(clockOffset(date, at + 990, at + 1000)).to.equal(0);
    expect(clockOffset(date, at - 50, at)).to.equal(0);
  });

  it("is what is missing to fit, ahead or behind", () => {
    expect(clockOffset(date, at - 3000, at - 2500)).to.equal(2.5);
    expect(clockOffset(date, at + 4000, at + 4100)).to.equal(-3);
  });

  it("is unknown without a date", () => {
    expect(clockOffset(null, 0, 0)).to.equal(undefined);
    expect(clockOffset("soon", 0, 0)).to.equal(undefined);
  });

  it("is read of what kubectl prints of the answer", () => {
    const verbose = `I1130 22:26:51.1 round_trippers.go:632] "Response" headers=<\n\tDate: ${date}\n\tX: y\n >`;
    expect(dateIn(verbose)).to.equal(date);
    expect(dateIn("")).to.equal(undefined);
  });
});
