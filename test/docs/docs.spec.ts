import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { format } from "prettier";
import { configurationPage } from "../support/pages/configuration-page.ts";
import { policiesPage } from "../support/pages/policies-page.ts";
import { checkoutKey } from "../../components/synthetics/checkout-test.ts";
import { paymentMonitors } from "../../components/monitors/all-monitors.ts";
import { failedOrders, logsOf, whereOf } from "../../components/datadog/queries.ts";
import { incidentStates } from "../../components/incident/plan.ts";
import { documentedKeys } from "../../settings/problems.ts";
import { ofType } from "../../simulation/declared/resource-graph.ts";
import { stackGraph } from "../../simulation/declared/stack-graph.ts";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");

describe("docs/configuration.md", () => {
  it("is what the schema says", async () => {
    const path = new URL("docs/configuration.md", root);
    const page = await format(configurationPage(), { parser: "markdown", printWidth: 100 });

    if (process.env["UPDATE_DOCS"] !== undefined) writeFileSync(path, page);

    expect(readFileSync(path, "utf8")).to.equal(page, "run: npm run docs:update");
  });
});

describe("docs/policies.md", () => {
  it("is what the rules say", async () => {
    const path = new URL("docs/policies.md", root);
    const page = await format(policiesPage(), { parser: "markdown", printWidth: 100 });

    if (process.env["UPDATE_DOCS"] !== undefined) writeFileSync(path, page);

    expect(readFileSync(path, "utf8")).to.equal(page, "run: npm run docs:update");
  });
});

describe("docs/runbook.md", () => {
  it("has one heading for each monitor of any image set, and no other", () => {
    const [, chapter = ""] = read("docs/runbook.md").split("\n## Monitors\n");
    const [monitors = ""] = chapter.split("\n## ");
    const headings = [...monitors.matchAll(/^### (.+)$/gm)].map(([, name]) => name);
    const shop = { clusterName: "c", namespace: "n", images: { set: "status-fix" } } as const;

    const keys = paymentMonitors(shop).map(({ key }) => key);
    expect(headings).to.deep.equal([...keys, checkoutKey]);
  });

  const runbook = read("docs/runbook.md");

  it("names only states and keys that there are", () => {
    const states = [...runbook.matchAll(/`((?:payment|shipping)-(?:slow|errors))`/g)];
    const keys = [...runbook.matchAll(/`(?:sock-shop:)?((?:faults|load)\.\w+)`|sock-shop:(\w+)/g)];
    const documented = documentedKeys().map(({ key }) => key);

    expect(states.length).to.be.greaterThan(5);
    for (const [, state] of states) expect(state).to.be.oneOf([...incidentStates]);
    expect(keys.length).to.be.greaterThan(4);
    for (const [, member, key] of keys) expect(documented).to.include(member ?? key);
  });

  it("links only to headings and files that there are", () => {
    const anchors = [...runbook.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
      title
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, "")
        .replaceAll(" ", "-"),
    );
    for (const [, target = ""] of runbook.matchAll(/\]\(([^)]+)\)/g)) {
      if (target.startsWith("#")) expect(anchors).to.include(target.slice(1));
      else expect(existsSync(new URL(`docs/${target}`, root)), target).to.equal(true);
    }
  });

  it("searches as the monitors do, on the cluster that the reader adds", () => {
    const where = whereOf({ clusterName: "c", namespace: "sock-shop" });
    const searches = [...runbook.matchAll(/`(kube_namespace:[^`]+)`/g)].map(([, text = ""]) => {
      return `${where.cluster} ${text}`;
    });

    expect(searches.length).to.be.greaterThan(10);
    expect(searches).to.include.members([
      failedOrders(where, "refused", "timeout", "failed"),
      failedOrders(where, "refused"),
      logsOf("payment", where),
    ]);
  });
});

describe("README.md", () => {
  const readme = read("README.md");

  const numbers = (pattern: RegExp) =>
    [...readme.matchAll(pattern)].map(([, text]) => Number(text));

  it("counts what the stack has, and what an outage changes", async () => {
    const { resources } = await stackGraph();
    const outage = await stackGraph({ "sock-shop:incident": "payment-down" });
    // The engine counts the stack itself as well.
    const all = resources.length + 1;
    const added = outage.resources.length - resources.length;

    expect(numbers(/\+ (\d+) created/g)).to.deep.equal([all, added]);
    expect(numbers(/~ (\d+) updated/g)).to.deep.equal([2]);
    expect(numbers(/(\d+) changes\./g)).to.deep.equal([added + 2]);
    expect(numbers(/(\d+) unchanged/g)).to.deep.equal([all - 2]);
    const monitors = ofType(resources, "datadog:index/monitor:Monitor");
    expect(numbers(/monitors +(\d+) of them/g)).to.deep.equal([monitors.size]);
  });

  it("shows monitors that there are, in the order in which they are shown", async () => {
    const { resources } = await stackGraph();
    const declared = [...ofType(resources, "datadog:index/monitor:Monitor").values()].map(
      ({ inputs }) => `P${String(inputs["priority"])} ${String(inputs["name"])}`,
    );
    const shown = [...readme.matchAll(/^Alert .+? (P\d) +(\[sock-shop\] .+?)(?= {2}|$)/gm)];
    const rows = shown.map(([, priority = "", name = ""]) => `${priority} ${name}`);

    expect(rows).to.have.length.greaterThan(1);
    expect(declared).to.include.members(rows);
    expect(rows).to.deep.equal([...rows].sort((a, b) => a.localeCompare(b)));
    const [, cause = ""] = /`(ROOT CAUSE: .+)`/.exec(readme) ?? [];
    expect(declared).to.include(`P1 [sock-shop] ${cause}`);
  });

  it("links only to files that there are", () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, path = ""]) => path);

    expect(links.length).to.be.greaterThan(4);
    for (const link of links) {
      const [path = ""] = link.split("#");
      expect(existsSync(new URL(path, root)), link).to.equal(true);
    }
  });
});
