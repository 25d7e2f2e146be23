/**
 * A short exercise of each state that works by a proxy, on the sandbox's cluster with a real Envoy.
 *
 * Proves that each is witnessed by its own proofs, which join a line of the proxy with a request of
 * orders by the trace id. Each begins on a fresh sandbox: the alerts of the one before would make the
 * next invalid. Does not prove the delays of another network.
 */
import { expect } from "chai";
import { incidentRunDocument } from "../../cli/json/schemas/run.ts";
import { copyCheckout, type SandboxCopy } from "../support/sandbox/sandbox-copy.ts";

describe("a run in each state with a proxy", () => {
  let copy: SandboxCopy;

  before(async () => {
    copy = await copyCheckout();
  });

  after(async () => {
    await copy.end();
  });

  for (const state of ["payment-errors", "payment-slow", "shipping-slow"]) {
    it(`is valid in ${state}, and leaves the stack's file as it was`, async () => {
      await copy.lab("down");
      const up = await copy.lab("up");
      expect(up.code, up.stderr).to.equal(0);
      const config = copy.config();

      const ended = await copy.lab(
        "incident",
        "run",
        state,
        "--for",
        "5s",
        "--users",
        "3",
        "--json",
      );

      const [found] = incidentRunDocument.parse(JSON.parse(ended.stdout)).runs;
      const problems = found?.phases.flatMap((one) => one.problems);
      expect([ended.code, found?.verdict, problems]).to.deep.equal([0, "valid", []]);
      // a delayed payment is authorised after orders has given up: money taken, no order
      const takesMoney = state !== "payment-errors";
      expect((found?.orders?.lost ?? 0) > 0).to.equal(takesMoney);
      expect(copy.config()).to.equal(config);
    });
  }
});
