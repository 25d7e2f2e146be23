import { expect } from "chai";
import { type Preview, readPreview } from "../../../cli/pulumi/preview-events.ts";
import { contractOf } from "../../../cli/contract/check-contract.ts";
import { declaredChanges } from "../../../cli/review/declared-changes.ts";
import { objections, reportLines, type Review } from "../../../cli/review/report.ts";
import { expectGoldenText } from "../../support/golden/golden-text.ts";
import { asking, loadJob, monitor, payment, previewLog } from "../../support/preview-log.ts";

const policyEvents = (violations: readonly object[]) =>
  [
    { policyAnalyzeSummaryEvent: { passed: ["probes"], failed: ["pinned-images"] } },
    { policyAnalyzeStackSummaryEvent: { passed: ["zero-replicas"] } },
    ...violations.map((policyEvent) => ({ policyEvent })),
  ].map((event) => JSON.stringify(event));

function judged(shown: Parameters<typeof previewLog>[0], ...violations: object[]): Preview {
  return readPreview([...policyEvents(violations), previewLog(shown)].join("\n"));
}

const violation = (message: string, enforcementLevel: string) => ({
  resourceUrn: "urn:pulumi:dev::sock-shop::kubernetes:apps/v1:Deployment::payment",
  message: `<{%reset%}>Every image has a version\n${message}<{%reset%}>\n`,
  policyName: "pinned-images",
  enforcementLevel,
});

const healthy = judged([payment, monitor]);
const down = judged([asking(payment, { spec: { replicas: 0 } }), monitor, loadJob]);

function review(dev: Preview): Review {
  const states = new Map([
    ["none", healthy],
    ["payment-down", judged([asking(payment, withReplicas(0)), monitor, loadJob])],
  ]);
  return {
    base: "abc123",
    changes: new Map([
      [
        "none",
        declaredChanges(
          [recorded("kept", { a: 1, b: { c: 1 } }), recorded("gone", {})],
          [recorded("kept", { a: 1, b: { c: 2 } }), recorded("new", {})],
        ),
      ],
      [
        "payment-down",
        declaredChanges([recorded("kept", { b: { c: 1 } })], [recorded("kept", { b: { c: 2 } })]),
      ],
    ]),
    contract: contractOf(states),
    previews: new Map([["dev", dev], ...states]),
    detection: ["-| payment-down | after 5 min |", "+| payment-down | after 2 min |"],
  };
}

function withReplicas(replicas: number): object {
  const { spec } = payment.inputs as { spec: object };
  return { spec: { ...spec, replicas } };
}

function recorded(name: string, inputs: object) {
  return { type: "kubernetes:core/v1:Service", name, inputs };
}

describe("the report of a change", () => {
  it("says that nothing is against it", () => {
    expect(objections(review(healthy))).to.deep.equal([]);
  });

  it("has everything that a reviewer must see", () => {
    const dev = judged(
      [payment],
      violation("payment: container payment runs payment:latest.", "mandatory"),
      violation("payment: undecided: image is not known before the update.", "advisory"),
      violation("payment: container payment runs payment:1.", "advisory"),
    );

    expectGoldenText("pull-request.md", `${reportLines(review(dev)).join("\n")}\n`);
  });

  it("takes an undecided policy for a violated one, and advice for none", () => {
    const undecided = violation("payment: undecided: image is not known.", "advisory");
    const advice = violation("payment: container payment runs payment:1.", "advisory");

    const everywhere = new Map([["dev", judged([payment], undecided)]]);

    expect(objections({ ...review(healthy), previews: everywhere })).to.deep.equal([
      "dev: pinned-images payment",
    ]);
    // another preview knew the value, and had nothing against it
    expect(objections(review(judged([payment], undecided)))).to.deep.equal([]);
    expect(objections(review(judged([payment], advice)))).to.deep.equal([]);
    // what stops an update is not settled by what is known elsewhere
    const late = violation("payment: undecided: context is not known.", "mandatory");
    expect(objections(review(judged([payment], late)))).to.deep.equal([
      "dev: pinned-images payment",
    ]);
  });

  it("does not take what was decided of another kind of the same name for decided", () => {
    const undecided = violation("payment: undecided: image is not known.", "advisory");
    const namesake = { ...payment, path: "kubernetes:core/v1:Service" };

    for (const [elsewhere, against] of [
      [payment, []],
      [namesake, ["dev: pinned-images payment"]],
    ] as const) {
      const previews = new Map([
        ["dev", judged([payment], undecided)],
        ["sandbox, none", judged([elsewhere])],
      ]);
      expect(objections({ ...review(healthy), previews })).to.deep.equal(against);
    }
  });

  it("fits into a comment, however much the flag breaks", () => {
    const names = Array.from({ length: 110 }, (_, index) => `m${index}`);
    const lines = (property: string) => {
      const breaking = names.map((name) => asking({ ...monitor, name }, { [property]: 1 }));
      const states = new Map([
        ["none", judged([payment, ...names.map((name) => ({ ...monitor, name }))])],
        ["payment-down", judged([payment, ...breaking])],
      ]);
      return reportLines({ ...review(healthy), contract: contractOf(states) });
    };

    const many = lines("tags");
    expect(many).to.include("- and 160 more");
    expect(many.find((line) => line.startsWith("| `none` | `payment-down`"))).to.match(
      /; and 102 more \|$/,
    );
    expect(many.at(-1)).to.equal("```");
    const long = lines("p".repeat(2000));
    expect(long.join("\n").length).to.be.within(50_000, 65_536);
    expect(long.at(-1)).to.match(/^_\d+ lines are left out: a comment has a limit\._$/);
  });

  it("does not trust a preview that ran no policy, or did not finish", () => {
    const silent = readPreview(previewLog([payment]));
    const broken = readPreview([...policyEvents([]), previewLog([payment], "failed")].join("\n"));

    expect(objections(review(silent))).to.deep.equal(["dev: no policy ran"]);
    expect(objections(review(broken))).to.deep.equal(["dev: the preview did not finish"]);
  });

  it("counts a broken contract", () => {
    const broken = contractOf(
      new Map([
        ["none", healthy],
        ["payment-down", down],
      ]),
    );

    expect(objections({ ...review(healthy), contract: broken })[0]).to.equal(
      "none to payment-down: must not update kubernetes:apps/v1:Deployment payment " +
        "(spec.replicas, spec.template)",
    );
  });
});
