import { expect } from "chai";
import { SockShop } from "../../../components/shop/sock-shop.ts";
import { serviceNames } from "../../../components/shop/catalogue.ts";
import { graphOf, ofType, type Registered } from "../../../simulation/declared/resource-graph.ts";
import { shopWorkloads } from "../../support/kubernetes/workloads.ts";

async function shop(
  password?: string,
  nodeCidrs: readonly string[] = [],
): Promise<readonly Registered[]> {
  const { resources } = await graphOf(
    () =>
      new SockShop("sock-shop", {
        namespace: "socks",
        workloads: shopWorkloads({ namespace: "socks", configured: { payment: 2 } }),
        nodeCidrs,
        catalogueDbPassword: password,
      }),
  );
  return resources;
}

const policyType = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

const namesOf = (resources: readonly Registered[], type: string) => [
  ...ofType(resources, type).keys(),
];

describe("SockShop", () => {
  it("deploys every service of the catalogue under its own name", async () => {
    const resources = await shop();

    const sorted = [...serviceNames].sort();
    expect(namesOf(resources, "kubernetes:apps/v1:Deployment").sort()).to.deep.equal(sorted);
    expect(namesOf(resources, "kubernetes:core/v1:Service").sort()).to.deep.equal(sorted);
  });

  it("lets nodes answer the services that call others, and only if their addresses are named", async () => {
    const without = ofType(await shop(), policyType);
    const cidrs = ["10.244.0.1/32", "fd00::1/128"];
    const { inputs } = ofType(await shop(undefined, cidrs), policyType).get("node-replies") ?? {};

    expect(without.has("node-replies")).to.equal(false);
    expect(inputs).to.deep.include({
      metadata: { name: "node-replies", namespace: "socks" },
      spec: {
        podSelector: {
          matchExpressions: [
            {
              key: "name",
              operator: "In",
              values: "carts catalogue front-end orders queue-master shipping user".split(" "),
            },
          ],
        },
        policyTypes: ["Ingress"],
        ingress: [{ from: cidrs.map((cidr) => ({ ipBlock: { cidr } })) }],
      },
    });
  });

  it("admits only restricted pods to the namespace", async () => {
    const namespace = ofType(await shop(), "kubernetes:core/v1:Namespace").get("sock-shop");

    expect(namespace?.inputs["metadata"]).to.deep.equal({
      name: "socks",
      labels: {
        "app.kubernetes.io/part-of": "sock-shop",
        "app.kubernetes.io/managed-by": "pulumi",
        "pod-security.kubernetes.io/enforce": "restricted",
        "pod-security.kubernetes.io/warn": "restricted",
        "pod-security.kubernetes.io/audit": "restricted",
      },
    });
  });

  it("keeps a budget for what holds data and for what runs in several pods", async () => {
    const budgets = namesOf(await shop(), "kubernetes:policy/v1:PodDisruptionBudget");

    expect(budgets.sort()).to.deep.equal([
      "carts-db",
      "orders-db",
      "payment",
      "rabbitmq",
      "session-db",
      "user-db",
    ]);
  });

  it("generates the database's password without logging it", async () => {
    const command = ofType(await shop(), "command:local:Command").get("catalogue-db-password");

    expect(command?.inputs).to.deep.equal({
      interpreter: ["node", "-e"],
      create: "process.stdout.write(require('node:crypto').randomBytes(24).toString('hex'))",
      logging: "none",
    });
  });

  it("generates none when it is given one", async () => {
    expect(namesOf(await shop("given"), "command:local:Command")).to.deep.equal([]);
  });

  it("hands the password to the Secret as a secret", async () => {
    const secret = ofType(await shop(), "kubernetes:core/v1:Secret").get("catalogue-db");

    const sealed = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
    const text = JSON.stringify(secret?.inputs["stringData"]);
    expect(text).to.contain(JSON.stringify(sealed).slice(1, -1));
  });
});
