import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { stackGraph } from "../../simulation/declared/stack-graph.ts";

const root = new URL("../../components/", import.meta.url);
const components = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => ({ file, source: readFileSync(new URL(file, root), "utf8") }))
  .filter(({ source }) => source.includes("extends pulumi.ComponentResource"));

describe("every component", () => {
  it("is found", () => {
    expect(components.map(({ file }) => file).sort()).to.deep.equal([
      "agent/datadog-agent.ts",
      "dashboards/dashboards.ts",
      "incident/drill/drill-downtime.ts",
      "incident/fault-proxy/fault-proxy.ts",
      "incident/lease/lease.ts",
      "incident/load/load-job.ts",
      "incident/marker/incident-marker.ts",
      "logs/claim/log-names-claim.ts",
      "logs/shop-logs.ts",
      "logs/spring-boot-log-pipeline.ts",
      "logs/storage/log-storage.ts",
      "monitors/payment-monitors.ts",
      "routing/alert-routing.ts",
      "routing/incident-workflow.ts",
      "routing/on-call.ts",
      "scanner/secret-scanner.ts",
      "shop/generated-password.ts",
      "shop/microservice.ts",
      "shop/sock-shop.ts",
      "software-catalog/catalog-entities.ts",
      "synthetics/synthetic-checkout.ts",
    ]);
  });

  // Names that came after stacks were deployed: another token would replace what a stack has.
  const olderTokens: Readonly<Record<string, string>> = {
    FaultProxy: "PaymentFaults",
    IncidentLease: "Lease",
  };

  for (const { file, source } of components) {
    const [folder = ""] = file.split("/");

    it(`${file} has a type token of its folder and class`, () => {
      const name = /export class (\w+) extends/.exec(source)?.[1] ?? "";

      expect(source).to.contain(
        `super("sockshop:${folder}:${olderTokens[name] ?? name}", name, {}, opts);`,
      );
    });

    it(`${file} registers its outputs last`, () => {
      const constructor = /\n {2}constructor\([\s\S]*?\n {2}\}\n/.exec(source)?.[0] ?? "";

      expect(constructor.trimEnd()).to.match(/\n {4}this\.registerOutputs\(.*\);\n {2}\}$/);
    });

    it(`${file} has read-only arguments and fields`, () => {
      const members = [...source.matchAll(/^ {2}(\w+\??): .+;$/gm)].map(([line]) => line.trim());

      expect(members).to.deep.equal([]);
    });
  }
});

describe("the stack's tree", () => {
  it("uses each type and name once", async () => {
    const { resources } = await stackGraph({
      "sock-shop:incident": "payment-slow",
      "sock-shop:softwareCatalog": "own",
    });

    const keys = resources.map(({ type, name }) => `${type} ${name}`);
    expect(new Set(keys).size).to.equal(keys.length);
  });
});
