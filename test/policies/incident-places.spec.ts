import { expect } from "chai";
import { UNKNOWN } from "../../policies/values.ts";
import type { Stack } from "../../policies/rule.ts";
import { judgedStack } from "../support/policies/judged-stack.ts";
import { findings, problems, renamed } from "../support/problems.ts";
import { changed, resource } from "../support/policies/rule-case.ts";

describe("where incidents may be staged", () => {
  let healthy: Stack;
  let down: Stack;

  before(async () => {
    healthy = await judgedStack("sandbox", "none");
    down = await judgedStack("sandbox", "payment-down");
  });

  it("is not asked of a healthy stack, wherever it is", () => {
    expect(problems("incident-places", renamed(healthy, "prod-eu"))).to.deep.equal([]);
  });

  it("is refused in a stack that is not on the list", () => {
    expect(problems("incident-places", renamed(down, "staging"))).to.deep.equal([
      "staging: incident payment-down in a stack that is not on the list.",
    ]);
  });

  it("is refused where context and namespace look like production, even if on the list", () => {
    const production = changed(
      changed(down, {
        on: "kubernetes cluster",
        path: ["context"],
        to: "gke_shop_prod-1",
      }),
      { on: "Namespace sock-shop", path: ["metadata", "name"], to: "shop-live" },
    );
    const config = { contexts: ["gke_shop_prod-1"] };

    expect(problems("incident-places", production, config)).to.deep.equal([
      "cluster: incident payment-down in gke_shop_prod-1, which looks like production.",
      "sock-shop: incident payment-down in shop-live, which looks like production.",
    ]);
  });

  it("does not take product or deliver for production", () => {
    const other = renamed(down, "product-delivery");

    expect(problems("incident-places", other, { stacks: ["product-delivery"] })).to.deep.equal([]);
  });

  it("goes by what is declared where the stack does not name its state", () => {
    const silent = changed(down, { on: "the stack", path: ["incident"], to: undefined });

    expect(problems("incident-places", renamed(silent, "staging"))).to.deep.equal([
      "staging: payment without pods in a stack that is not on the list.",
    ]);
    expect(problems("zero-replicas", silent)).to.deep.equal([
      "payment: it has 0 replicas, and the incident state is not given.",
    ]);
  });

  it("is refused for what else names production: the provider's cluster, any namespace", () => {
    const provider = (key: string, to: string) =>
      problems("incident-places", changed(down, { on: "kubernetes cluster", path: [key], to }));
    const inside = (on: string, path: string[]) =>
      problems("incident-places", changed(down, { on, path, to: "production" }));
    const release = resource("kubernetes:helm.sh/v3:Release", "agent", { namespace: "live" });

    expect(provider("cluster", "prod-eu")).to.deep.equal([
      "cluster: incident payment-down in prod-eu, which looks like production.",
    ]);
    expect(provider("namespace", "production")).to.have.length(1);
    expect(inside("Deployment payment", ["metadata", "namespace"])).to.deep.equal([
      "payment: incident payment-down in production, which looks like production.",
    ]);
    expect(problems("incident-places", changed(down, release))).to.deep.equal([
      "agent: incident payment-down in live, which looks like production.",
    ]);
  });

  it("says once what many resources have in common", () => {
    const resources = down.resources.map((it) =>
      it.type.startsWith("kubernetes:")
        ? { ...it, inputs: { metadata: { namespace: "prd" } } }
        : it,
    );

    expect(problems("incident-places", { ...down, resources })).to.have.length(1);
  });

  it("is refused where no provider names the cluster", () => {
    const resources = down.resources.filter(({ type }) => type !== "pulumi:providers:kubernetes");

    expect(problems("incident-places", { ...down, resources })).to.deep.equal([
      "sandbox: incident payment-down in whatever context is current, which is not on the list.",
    ]);
    expect(problems("incident-places", { ...healthy, resources: [] })).to.deep.equal([]);
  });

  it("counts in a preview that does not know the context, whatever else it knows", () => {
    const unknown = changed(down, { on: "kubernetes cluster", path: ["context"], to: UNKNOWN });

    const found = findings("incident-places", renamed(unknown, "prod"));

    expect(found.map(({ counts, message }) => [counts, message.split("\n")[0]])).to.deep.equal([
      [true, "prod: incident payment-down in a stack that is not on the list."],
      [true, "prod: incident payment-down in prod, which looks like production."],
      [true, "cluster: undecided: context is not known before the update."],
    ]);
  });

  it("is advised upon where a namespace alone is unknown: the context says which cluster it is", () => {
    const on = "Deployment payment";
    const unknown = changed(down, { on, path: ["metadata", "namespace"], to: UNKNOWN });

    const [only, ...more] = findings("incident-places", unknown);

    expect(only).to.deep.include({ where: "payment", undecided: true, counts: false });
    expect(more).to.deep.equal([]);
  });

  it("does not stop a healthy stack whose images, replicas or context nobody knows yet", () => {
    const image = ["spec", "template", "spec", "containers", 0, "image"];
    const unknown = changed(
      changed(changed(healthy, { on: "kubernetes cluster", path: ["context"], to: UNKNOWN }), {
        on: "Deployment orders",
        path: ["spec", "replicas"],
        to: UNKNOWN,
      }),
      { on: "Deployment payment", path: image, to: UNKNOWN },
    );

    const [only, ...more] = findings("incident-places", unknown);

    expect(only).to.deep.include({ undecided: true, counts: false });
    expect(more).to.deep.equal([]);
  });

  it("is known by what is declared while the stack's own word is unknown", () => {
    const unsaid = renamed({ ...down, incident: UNKNOWN }, "staging");

    expect(problems("incident-places", unsaid)).to.deep.equal([
      "staging: payment without pods in a stack that is not on the list.",
    ]);
  });
});
