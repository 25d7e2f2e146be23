import { expect } from "chai";
import { incidentStates } from "../components/incident/plan.ts";
import { expectGolden, type GraphEntry, keyOf, normalised } from "./support/golden/golden.ts";
import { differenceOf } from "./support/golden/difference.ts";
import { ofType, valueOf } from "../simulation/declared/resource-graph.ts";
import { stackGraph } from "../simulation/declared/stack-graph.ts";

const down = { "sock-shop:incident": "payment-down" };

const load = [
  "kubernetes:batch/v1:Job locust-payment-failure",
  "kubernetes:core/v1:ConfigMap locust-payment-failure",
];

/** Resources of the proxy in front of a service. */
const proxyOf = (service: string) => [
  `kubernetes:apps/v1:Deployment ${service}-proxy`,
  `kubernetes:core/v1:ConfigMap ${service}-proxy`,
  `kubernetes:core/v1:Service ${service}-direct`,
  `kubernetes:networking.k8s.io/v1:NetworkPolicy orders-to-${service}-proxy`,
  `kubernetes:networking.k8s.io/v1:NetworkPolicy ${service}-proxy`,
  `kubernetes:networking.k8s.io/v1:NetworkPolicy ${service}-proxy-to-${service}`,
];
const selectorOf = (service: string) => [
  `kubernetes:core/v1:Service ${service}: spec.selector.name`,
];

/** Resources of a state's guard. */
const leaseOf = (state: string) => [
  `kubernetes:apps/v1:Deployment ${state}-lease`,
  `kubernetes:core/v1:ConfigMap ${state}-lease`,
  `kubernetes:core/v1:ServiceAccount ${state}-lease`,
  `kubernetes:networking.k8s.io/v1:NetworkPolicy ${state}-lease`,
  `kubernetes:rbac.authorization.k8s.io/v1:Role ${state}-lease`,
  `kubernetes:rbac.authorization.k8s.io/v1:RoleBinding ${state}-lease`,
];

const marker = "command:local:Command incident-marker: stdin";

/** All that may differ from state none, apart from the load, the lease and the marker. */
const entering: Readonly<Record<string, { readonly added: string[]; readonly changed: string[] }>> =
  {
    "payment-down": {
      added: [],
      changed: ["kubernetes:apps/v1:Deployment payment: spec.replicas"],
    },
    "payment-slow": { added: proxyOf("payment"), changed: selectorOf("payment") },
    "payment-errors": { added: proxyOf("payment"), changed: selectorOf("payment") },
    "shipping-slow": { added: proxyOf("shipping"), changed: selectorOf("shipping") },
  };

describe("the stack", () => {
  it("declares the recorded resources in state none", async () => {
    await expectGolden("none.json", await declared());
  });

  for (const state of incidentStates.filter((name) => name !== "none")) {
    it(`declares in state ${state} the recorded differences from state none`, async () => {
      const graph = await declared({ "sock-shop:incident": state });

      await expectGolden(`${state}.json`, differenceOf(await declared(), graph));
    });
  }

  for (const [state, { added, changed }] of Object.entries(entering)) {
    it(`changes exactly what the fault, the load and the lease are made of on entering ${state}`, async () => {
      const found = summary(await declared(), await declared({ "sock-shop:incident": state }));

      expect(found).to.deep.equal({
        added: [...added, ...load, ...leaseOf(state)].sort(),
        removed: [],
        changed: [marker, ...changed],
      });
    });
  }

  it("adds the load alone for a control run", async () => {
    const control = { "sock-shop:load": '{"withoutIncident":"declines"}' };

    const found = summary(await declared(), await declared(control));
    expect(found).to.deep.equal({ added: load, removed: [], changed: [] });
  });

  it("adds the workers of the load with the incident, and changes nothing else", async () => {
    const shared = { "sock-shop:load": '{"workers":2}' };
    const policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
    const workers = [
      "kubernetes:batch/v1:Job locust-payment-failure-workers",
      "kubernetes:core/v1:Service locust-payment-failure",
      `${policy} locust-payment-failure`,
      `${policy} locust-payment-failure-workers`,
    ];

    expect(summary(await declared(), await declared(shared))).to.deep.equal({
      ...{ added: [], removed: [], changed: [] },
    });
    expect(
      summary(await declared(down), await declared({ ...down, ...shared })).added,
    ).to.deep.equal(workers);
  });

  it("leaves the pipeline and the metrics of logs to another stack of the account, and nothing else", async () => {
    const found = summary(await declared(), await declared({ "sock-shop:logPipeline": "shared" }));

    expect(new Set(found.removed.map((key) => key.split(" ")[0]))).to.deep.equal(
      new Set([
        "command:local:Command",
        "datadog:index/logsCustomPipeline:LogsCustomPipeline",
        "datadog:index/logsMetric:LogsMetric",
      ]),
    );
    expect(found).to.deep.include({ added: [], changed: [] });
  });

  it("is after leaving what it was before entering", async () => {
    const before = await declared();
    await declared(down);

    expect(await declared()).to.deep.equal(before);
  });

  it("gives every Kubernetes and Datadog resource an explicit provider", async () => {
    const { resources } = await stackGraph(down);

    const stray = resources.filter(
      ({ type, custom, provider }) =>
        custom &&
        /^(kubernetes|datadog):/.test(type) &&
        !/::pulumi:providers:(kubernetes::cluster|datadog::datadog)::/.test(provider),
    );
    expect(stray.map(keyOf)).to.deep.equal([]);
  });

  it("names file, context and strict mode for the cluster", async () => {
    const { resources } = await stackGraph();

    const provider = ofType(resources, "pulumi:providers:kubernetes").get("cluster");
    expect(provider?.inputs).to.deep.include({
      kubeconfig: ".sandbox/kubeconfig",
      context: "kwok-sock-shop",
      clusterIdentifier: "sock-shop-sandbox",
      strictMode: "true",
    });
  });

  it("sends placeholders for keys to a Datadog on this machine only", async () => {
    const { resources } = await stackGraph();

    const provider = ofType(resources, "pulumi:providers:datadog").get("datadog");
    expect(JSON.stringify(provider?.inputs["apiKey"])).to.contain("0".repeat(32));
    expect(provider?.inputs).to.deep.include({
      apiUrl: "http://127.0.0.1:2026/",
      validate: "true",
    });
  });

  it("outputs where things are", async () => {
    const { result } = await stackGraph(down);

    expect(result.namespace).to.equal("sock-shop");
    expect(result.incident).to.equal("payment-down");
    expect(result.frontEndUrl).to.equal("http://localhost:2025");
    expect(result.frontEndPortForward).to.equal(
      "kubectl --kubeconfig .sandbox/kubeconfig --context kwok-sock-shop --namespace sock-shop " +
        "port-forward service/front-end 2025:80",
    );
    const url = result.monitorUrls["payment-no-replicas"];
    expect(url && (await valueOf(url))).to.equal(
      "http://127.0.0.1:2026/monitors/payment-no-replicas-id",
    );
    const board = result.dashboardUrls["incident-timeline"];
    expect(board && (await valueOf(board))).to.equal("http://127.0.0.1:2026/dashboard/abc");
  });

  it("refuses a wrong configuration with one error that lists every problem", async () => {
    const config = { "sock-shop:incident": "on", "sock-shop:paymentReplicas": "-1" };

    const error = await stackGraph(config).then(
      () => undefined,
      (thrown: unknown) => thrown as Error,
    );

    expect(error?.message.split("\n  ")).to.deep.equal([
      "the stack's configuration has 2 problems:",
      'sock-shop:incident: expected "none" or "payment-down" or "payment-slow" or ' +
        '"payment-errors" or "shipping-slow", got "on"; ' +
        "set it with: pulumi config set incident payment-down",
      "sock-shop:paymentReplicas: expected a whole number from 1 to 10 (an outage is staged with " +
        'incident, not with 0 replicas), got "-1"; set it with: pulumi config set paymentReplicas 1',
    ]);
  });

  it("refuses a key that is stored in clear, without repeating it", async () => {
    const config = { "sock-shop:catalogueDbPassword": "hunter2" };

    const error = await stackGraph(config).then(
      () => undefined,
      (thrown: unknown) => thrown as Error,
    );

    expect(error?.message).to.equal(
      "the stack's configuration has 1 problem:\n  sock-shop:catalogueDbPassword: expected a " +
        "secret, got plain text; set it with: pulumi config set --secret catalogueDbPassword",
    );
  });

  it("generates no password when one is configured", async () => {
    const key = "sock-shop:catalogueDbPassword";
    const { resources } = await stackGraph({ [key]: "hunter2" }, [key]);

    const commands = ofType(resources, "command:local:Command");
    expect([...commands.keys()].sort()).to.deep.equal(["incident-marker", "log-names"]);
    const secret = ofType(resources, "kubernetes:core/v1:Secret").get("catalogue-db");
    expect(normalised(secret ? [secret] : [])[0]?.inputs).to.deep.include({
      stringData: "[secret]",
    });
  });
});

/** Where a resource differs from the one of the same key, or that there is none. */
async function declared(config: Readonly<Record<string, string>> = {}): Promise<GraphEntry[]> {
  return normalised((await stackGraph(config)).resources);
}

/** A difference by names and places alone. */
function summary(before: readonly GraphEntry[], after: readonly GraphEntry[]) {
  const { added, removed, changed } = differenceOf(before, after);
  const places = Object.entries(changed).flatMap(([key, changes]) =>
    Object.keys(changes).map((path) => `${key}: ${path}`),
  );
  return { added: added.map(keyOf), removed, changed: places };
}
