import { expect } from "chai";
import fc from "fast-check";
import { UNKNOWN } from "../../policies/values.ts";
import type { Resource } from "../../policies/rule.ts";
import { rules } from "../../policies/rules.ts";
import { evaluateAll } from "../../policies/evaluate.ts";
import { judgedStack } from "../support/policies/judged-stack.ts";

const leaf = fc.oneof(
  fc.constant(UNKNOWN),
  fc.constant(null),
  fc.constant(undefined),
  fc.boolean(),
  fc.integer(),
  fc.string(),
  fc.constantFrom("*", "[", "{}", '{"widgets":[null,3]}', "-1", "prod"),
);

/** Any value, with the property names that rules look for. */
function value(names: readonly string[]): fc.Arbitrary<unknown> {
  const name = fc.oneof(
    fc.constantFrom(...names),
    fc.constantFrom("__proto__", "constructor", "0"),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 7, depthSize: "large", withCrossShrink: true },
      leaf,
      fc.array(tie("tree"), { maxLength: 4 }),
      fc.array(fc.tuple(name, tie("tree")), { maxLength: 6 }).map(Object.fromEntries),
    ),
  }));
  return tree;
}

/** Names of all properties in a value. */
function namesIn(data: unknown): string[] {
  if (typeof data !== "object" || data === null) return [];
  return Object.entries(data).flatMap(([name, inner]) => [name, ...namesIn(inner)]);
}

describe("resources of any shape", () => {
  let resources: readonly Resource[];

  before(async () => {
    ({ resources } = await judgedStack("sandbox", "payment-down"));
  });

  it("never crash a rule, and every message says what, where, why and how to fix it", () => {
    const names = [...new Set(resources.flatMap(({ inputs }) => namesIn(inputs)))].sort();
    const datadog = ["logsCustomPipeline:LogsCustomPipeline", "dashboardJson:DashboardJson"];
    const types = [
      ...new Set(resources.map(({ type }) => type)),
      ...datadog.map((type) => `datadog:index/${type}`),
      "kubernetes:core/v1:Pod",
      "kubernetes:batch/v1:CronJob",
      "kubernetes:helm.sh/v3:Release",
      "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
      "kubernetes:core/v1:PersistentVolume",
      "kubernetes:core/v1:ReplicationController",
    ];
    const graph = fc.array(
      fc.record({
        type: fc.constantFrom(...types),
        name: fc.string(),
        inputs: fc.oneof(
          value(names),
          value(names).map((inner) => ({ metadata: inner, spec: inner, values: inner })),
          value(names).map((inner) => ({ spec: { template: { spec: { containers: [inner] } } } })),
        ),
      }),
      { maxLength: 6 },
    );

    fc.assert(
      fc.property(graph, value(names), (made, incident) => {
        const all = made.map((it) => ({ ...it, urn: "urn", stack: "s" }) as unknown as Resource);
        for (const { message } of evaluateAll(rules, { name: "s", incident, resources: all })) {
          expect(message).to.match(/^.*: [^]+\.\nWhy: .+\.\nFix: .+$/);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
