import { expect } from "chai";
import type { Stack } from "../../policies/rule.ts";
import { deployment, resource } from "../support/policies/rule-case.ts";
import { problems } from "../support/problems.ts";

const rbac = "kubernetes:rbac.authorization.k8s.io/v1:";
const network = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

const problemsOf = (rule: string, type: string, inputs: object, stack: Partial<Stack> = {}) =>
  problems(rule, {
    name: "sandbox",
    incident: "none",
    resources: [resource(type, "x", inputs)],
    ...stack,
  });

/** Each is broken by the first form, and says nothing of the second. */
const attempts: readonly (readonly [string, string, string, object, object])[] = [
  [
    "an account may read Secrets",
    "no-rbac-wildcards",
    `${rbac}Role`,
    { rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"] }] },
    { rules: [{ apiGroups: [""], resources: ["services"], verbs: ["get"] }] },
  ],
  [
    "an account may run commands in pods",
    "no-rbac-wildcards",
    `${rbac}Role`,
    { rules: [{ apiGroups: [""], resources: ["pods/exec"], verbs: ["create"] }] },
    { rules: [{ apiGroups: [""], resources: ["pods/log"], verbs: ["get"] }] },
  ],
  [
    "an account may mint tokens",
    "no-rbac-wildcards",
    `${rbac}Role`,
    { rules: [{ apiGroups: [""], resources: ["serviceaccounts/token"], verbs: ["create"] }] },
    { rules: [{ apiGroups: [""], resources: ["serviceaccounts"], verbs: ["get"] }] },
  ],
  [
    "a role joins another by a label",
    "no-rbac-wildcards",
    `${rbac}ClusterRole`,
    { metadata: { labels: { "rbac.authorization.k8s.io/aggregate-to-view": "true" } } },
    { metadata: { labels: { "app.kubernetes.io/name": "guard" } } },
  ],
  [
    "a controller's role is bound",
    "no-cluster-admin",
    `${rbac}ClusterRoleBinding`,
    { roleRef: { name: "system:controller:clusterrole-aggregation-controller" } },
    { roleRef: { name: "system-controllers" } },
  ],
  [
    "two halves of the internet are open",
    "namespace-isolation",
    network,
    { spec: { egress: [{ to: [{ ipBlock: { cidr: "128.0.0.0/1" } }] }] } },
    { spec: { egress: [{ to: [{ ipBlock: { cidr: "10.0.0.0/8" } }] }] } },
  ],
  [
    "all ports are open by a range",
    "namespace-isolation",
    network,
    { spec: { ingress: [{ ports: [{ port: 1, endPort: 65535 }] }] } },
    { spec: { ingress: [{ ports: [{ port: 30000, endPort: 32767 }] }] } },
  ],
  [
    "all namespaces are open",
    "namespace-isolation",
    network,
    { spec: { ingress: [{ from: [{ namespaceSelector: {} }] }] } },
    {
      spec: {
        ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { a: "b" } } }] }],
      },
    },
  ],
  [
    "a command scales a service",
    "readable-types",
    "command:local:Command",
    { create: "kubectl scale deployment/payment --replicas=0" },
    {},
  ],
  [
    "a custom resource does what no rule knows",
    "readable-types",
    "kubernetes:apiextensions.k8s.io:CustomResource",
    { kind: "Rollout" },
    {},
  ],
  [
    "a file of values is given to Helm",
    "no-secret-literals",
    "kubernetes:helm.sh/v3:Release",
    { chart: "datadog", valueYamlFiles: [{}] },
    { chart: "datadog", valueYamlFiles: [] },
  ],
  [
    "a pipeline takes services by one letter",
    "pipeline-filter",
    "datadog:index/logsCustomPipeline:LogsCustomPipeline",
    { name: "p", filters: [{ query: "service:s*" }] },
    { name: "p", filters: [{ query: "service:sock-shop-*" }] },
  ],
];

describe("ways past the rules that were found", () => {
  for (const [name, rule, type, bad, good] of attempts) {
    it(`are closed: ${name}`, () => {
      expect(problemsOf(rule, type, bad)).to.have.length(1);
      if (rule !== "readable-types") expect(problemsOf(rule, type, good)).to.deep.equal([]);
    });
  }

  it("are closed: passwords in a DSN, in --requirepass and in a script of the mysql client", () => {
    const secrets = (args: readonly string[]) =>
      problems("no-secret-literals", {
        name: "sandbox",
        resources: [deployment({ image: "shop:1", args })],
      });

    expect(secrets(["-DSN=root:hunter2@tcp(catalogue-db:3306)/socksdb"])).to.have.length(1);
    expect(secrets(["--requirepass", "hunter2"])).to.have.length(1);
    expect(secrets(["sh", "-c", "mysql -u root -phunter2 socksdb"])).to.have.length(1);
    expect(secrets(["-DSN=root:$(PASSWORD)@tcp(catalogue-db:3306)/socksdb"])).to.deep.equal([]);
    expect(secrets(["sh", "-c", "mysql -u root -p$PASSWORD socksdb"])).to.deep.equal([]);
    expect(secrets(["sh", "-c", "mysql --port 3306 socksdb"])).to.deep.equal([]);
  });

  it("are closed: a secret in the JSON of an annotation", () => {
    const annotated = (text: string) =>
      problems("no-secret-literals", {
        name: "sandbox",
        resources: [
          resource("kubernetes:core/v1:ConfigMap", "x", {
            metadata: { annotations: { conf: text } },
          }),
        ],
      });

    expect(annotated('{"password":"hunter2"}')).to.have.length(1);
    expect(annotated('{"existingSecret":"names-only"}')).to.deep.equal([]);
  });

  it("are closed: load that runs as a Deployment, or by another tool", () => {
    const load = (type: string, image: string) =>
      problemsOf("load-job", type, {
        spec: { template: { spec: { containers: [{ name: "load", image }] } } },
      });

    expect(load("kubernetes:apps/v1:Deployment", "locustio/locust:2.47.0")).to.deep.equal([
      "x: it is a Deployment, which never ends.",
    ]);
    expect(load("kubernetes:batch/v1:Job", "grafana/k6:1.0.0")).to.not.have.length(0);
    expect(load("kubernetes:apps/v1:Deployment", "weaveworksdemos/payment:0.4.3")).to.deep.equal(
      [],
    );
  });

  it("are closed: production's name in one word with others", () => {
    const at = (context: string) =>
      problems("incident-places", {
        name: "sandbox",
        incident: "payment-down",
        resources: [
          resource("pulumi:providers:kubernetes", "cluster", { context }),
          resource("kubernetes:batch/v1:Job", "load", {
            metadata: { labels: { "app.kubernetes.io/component": "load" } },
          }),
        ],
      }).filter((problem) => problem.includes("looks like production"));

    for (const context of ["myprod", "productionEU", "eu-prod-1", "PROD"]) {
      expect(at(context), context).to.have.length(1);
    }
    for (const context of ["product-team", "nonprod", "olive", "kind-sockshop"]) {
      expect(at(context), context).to.deep.equal([]);
    }
  });

  it("are closed: recipients in a comment, or for one value of a variable", () => {
    const told = (message: string) =>
      problems("monitor-recipient", {
        name: "staging",
        resources: [
          { ...resource("datadog:index/monitor:Monitor", "m", { message }), stack: "staging" },
        ],
      });

    expect(told("down {{!-- @oncall --}}")).to.have.length(1);
    expect(told("down {{! @oncall }}")).to.have.length(1);
    expect(told('{{#is_match "host.name" "never"}}@oncall{{/is_match}}')).to.have.length(1);
    expect(told("{{#is_alert}}@oncall{{/is_alert}}")).to.deep.equal([]);
  });

  it("are closed: a monitor of the whole account", () => {
    const scope = (query: string) =>
      problemsOf("monitor-scope", "datadog:index/monitor:Monitor", { type: "log alert", query });

    expect(
      scope('logs("service:orders").index("*").rollup("count").last("5m") > 1'),
    ).to.have.length(1);
    expect(
      scope('"datadog.agent.up".over("*").by("host").last(2).count_by_status()'),
    ).to.have.length(1);
    expect(
      scope('logs("env:demo service:orders").index("*").rollup("count").last("5m") > 1'),
    ).to.deep.equal([]);
    expect(
      scope('"datadog.agent.up".over("kube_cluster_name:a").by("host").last(2).count_by_status()'),
    ).to.deep.equal([]);
  });
});
