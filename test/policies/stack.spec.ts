import { expect } from "chai";
import { incidentStates } from "../../components/incident/plan.ts";
import { rules } from "../../policies/rules.ts";
import { evaluateAll } from "../../policies/evaluate.ts";
import { judgedStack } from "../support/policies/judged-stack.ts";

describe("the stack before the policies", () => {
  for (const name of ["sandbox", "dev"] as const) {
    for (const state of incidentStates) {
      it(`${name} in state ${state} has nothing against it`, async () => {
        const stack = await judgedStack(name, state);

        expect(evaluateAll(rules, stack).map(({ rule, message }) => [rule, message])).to.deep.equal(
          [],
        );
      });
    }
  }
});
