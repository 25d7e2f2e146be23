import { expect } from "chai";
import { expectGolden, type GraphEntry, keyOf, normalised } from "./support/golden.ts";
import { ofType, valueOf } from "./support/pulumi.ts";
import { stackGraph } from "./support/stack.ts";

const down = { "sock-shop:incident": "payment-down" };

const byKey = (graph: readonly GraphEntry[]) =>
  new Map(graph.map((entry) => [keyOf(entry), entry.inputs]));

describe("the stack", () => {
  for (const state of ["none", "payment-down"]) {
    it(`declares the recorded resources in state ${state}`, async () => {
      const { resources } = await stackGraph({ "sock-shop:incident": state });

      await expectGolden(`${state}.json`, normalised(resources));
    });
  }

  it("changes payment's replicas, the load and the marker, and nothing else, on entering", async () => {
    const before = byKey(normalised((await stackGraph()).resources));
    const after = byKey(normalised((await stackGraph(down)).resources));

    const added = [...after.keys()].filter((key) => !before.has(key));
    const removed = [...before.keys()].filter((key) => !after.has(key));
    const changed = [...before].filter(
      ([key, inputs]) =>
        after.has(key) && JSON.stringify(inputs) !== JSON.stringify(after.get(key)),
    );
    expect(added).to.deep.equal([
      "kubernetes:batch/v1:Job locust-payment-failure",
      "kubernetes:core/v1:ConfigMap locust-payment-failure",
    ]);
    expect(removed).to.deep.equal([]);
    expect(changed.map(([key]) => key)).to.deep.equal([
      "command:local:Command incident-marker",
      "kubernetes:apps/v1:Deployment payment",
    ]);
    const marker = "command:local:Command incident-marker";
    expect(changedProperties(before.get(marker), after.get(marker))).to.deep.equal(["stdin"]);
    const key = "kubernetes:apps/v1:Deployment payment";
    expect(after.get(key)).to.deep.equal(withReplicas(before.get(key), 0));
  });

  it("is after leaving what it was before entering", async () => {
    const before = normalised((await stackGraph()).resources);
    await stackGraph(down);
    const after = normalised((await stackGraph()).resources);

    expect(after).to.deep.equal(before);
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

  it("tells people where things are", async () => {
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
      'sock-shop:incident: expected "none" or "payment-down", got "on"; ' +
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
    expect([...commands.keys()]).to.deep.equal(["incident-marker"]);
    const secret = ofType(resources, "kubernetes:core/v1:Secret").get("catalogue-db");
    expect(normalised(secret ? [secret] : [])[0]?.inputs).to.deep.include({
      stringData: "[secret]",
    });
  });
});

/** Names of the inputs that differ. */
function changedProperties(before: unknown, after: unknown): string[] {
  const [old, now] = [before, after] as Record<string, unknown>[];
  return Object.keys({ ...old, ...now }).filter(
    (name) => JSON.stringify(old?.[name]) !== JSON.stringify(now?.[name]),
  );
}

/** A Deployment's inputs with another number of pods. */
function withReplicas(inputs: unknown, replicas: number): unknown {
  const deployment = inputs as { spec: object };
  return { ...deployment, spec: { ...deployment.spec, replicas } };
}
