import { expect } from "chai";
import { UNKNOWN } from "../../policies/read.ts";
import type { Stack } from "../../policies/rule.ts";
import { rules } from "../../policies/rules.ts";
import { type Finding, judgeAll } from "../../policies/verdict.ts";
import { judgedStack } from "../support/judged-stack.ts";
import { changed, GONE, type RuleCase } from "../support/rule-case.ts";
import { datadogCases } from "./datadog-cases.ts";
import { kubernetesCases } from "./kubernetes-cases.ts";

const cases = [...kubernetesCases, ...datadogCases];

/** Rules that only particular stacks can break; `places.spec.ts` is about them. */
const elsewhere = ["image-digests", "monitor-recipient"];

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
        expect(judgeAll(rules, compliant(ruleCase))).to.deep.equal([]);
      });

      it("is the only one that is broken by its mutant", () => {
        const findings = judgeAll(rules, changed(compliant(ruleCase), violating));

        expect(broken(findings)).to.deep.equal([rule]);
        expect(findings.every(({ undecided }) => !undecided)).to.equal(true);
      });

      it(`${missing.passes ? "passes" : "is broken by"} ${missing.path.join(".")} missing`, () => {
        const stack = changed(compliant(ruleCase), { ...missing, to: GONE });

        const own = judgeAll(rules, stack).filter((finding) => finding.rule === rule);

        expect(own.length > 0).to.equal(missing.passes !== true);
      });

      it("says nothing about a resource of another provider", () => {
        const stack = changed(compliant(ruleCase), violating);
        const resources = stack.resources.map((it) => ({ ...it, type: "aws:s3/bucket:Bucket" }));

        expect(judgeAll(rules, { ...stack, resources })).to.deep.equal([]);
      });

      if (unknown) {
        it(`is undecided while ${unknown.path.join(".")} is unknown`, () => {
          const stack = changed(compliant(ruleCase), { ...unknown, to: UNKNOWN });

          const own = judgeAll(rules, stack).filter((finding) => finding.rule === rule);

          expect(own).to.have.length(1);
          expect(own[0]?.undecided).to.equal(true);
          expect(own[0]?.message).to.match(/: undecided: .* is not known before the update\.\n/);
        });
      }
    });
  }
});
