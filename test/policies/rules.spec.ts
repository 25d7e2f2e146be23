import { expect } from "chai";
import { UNKNOWN } from "../../policies/values.ts";
import type { Resource, Stack } from "../../policies/rule.ts";
import { rules } from "../../policies/rules.ts";
import { type Finding, evaluateAll } from "../../policies/evaluate.ts";
import { judgedStack } from "../support/policies/judged-stack.ts";
import { changed, GONE, type RuleCase } from "../support/policies/rule-case.ts";
import { datadogCases } from "./datadog-cases.ts";
import { kubernetesCases } from "./kubernetes-cases.ts";

const cases = [...kubernetesCases, ...datadogCases];

/** Rules that only particular stacks can break: `monitors.spec.ts`, `image-digests.spec.ts`. */
const elsewhere = ["image-digests", "monitor-recipient"];

const ownOf = (rule: string, stack: Stack) =>
  evaluateAll(rules, stack).filter((finding) => finding.rule === rule);

const broken = (findings: readonly Finding[]) => [...new Set(findings.map(({ rule }) => rule))];

describe("each rule", () => {
  const stacks = new Map<string, Stack>();

  before(async () => {
    for (const state of ["none", "payment-down"]) {
      stacks.set(state, await judgedStack("sandbox", state));
    }
  });

  function compliant({ state = "none", given = [] }: RuleCase): Stack {
    const stack = stacks.get(state);
    if (stack === undefined) throw new Error(`no stack in state ${state}`);
    return { ...stack, resources: [...stack.resources, ...given] };
  }

  it("has a case of its own", () => {
    const names = [...cases.map(({ rule }) => rule), ...elsewhere].sort();

    expect(names).to.deep.equal(rules.map(({ name }) => name).sort());
  });

  for (const ruleCase of cases) {
    const { rule, violating, missing, unknown } = ruleCase;

    describe(rule, () => {
      it("has nothing against a stack that complies", () => {
        expect(evaluateAll(rules, compliant(ruleCase))).to.deep.equal([]);
      });

      it("is the only one that is broken by its mutant", () => {
        const findings = evaluateAll(rules, changed(compliant(ruleCase), violating));

        expect(broken(findings)).to.deep.equal([rule]);
        expect(findings.every(({ undecided }) => !undecided)).to.equal(true);
      });

      if (missing) {
        const { path, passes = false } = missing;
        it(`${passes ? "passes" : "is broken by"} ${path.join(".")} missing`, () => {
          const stack = changed(compliant(ruleCase), { ...missing, to: GONE });

          expect(ownOf(rule, stack).length > 0).to.equal(!passes);
        });
      } else {
        it("is broken by a resource without any property", () => {
          const stack = changed(compliant(ruleCase), { ...(violating as Resource), inputs: {} });

          expect(ownOf(rule, stack)).to.have.length(1);
        });
      }

      it("says nothing about a resource of another provider", () => {
        const stack = compliant(ruleCase);
        const [mutant] = changed(stack, violating).resources.filter(
          (it) => !stack.resources.includes(it),
        );
        const other = { ...mutant, name: "other", type: "aws:s3/bucket:Bucket" } as Resource;

        expect(evaluateAll(rules, changed(stack, other))).to.deep.equal([]);
      });

      if (unknown) {
        it(`is undecided while ${unknown.path.join(".")} is unknown`, () => {
          const stack = changed(compliant(ruleCase), { ...unknown, to: UNKNOWN });

          const own = ownOf(rule, stack);

          expect(own).to.have.length(1);
          expect(own[0]?.undecided).to.equal(true);
          expect(own[0]?.message).to.match(/: undecided: .* is not known before the update\.\n/);
        });
      }
    });
  }
});
