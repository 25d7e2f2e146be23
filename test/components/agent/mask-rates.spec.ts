import { expect } from "chai";
import fc from "fast-check";
import { logAnnotations } from "../../../components/agent/log-rules.ts";
import { readLogConfig } from "../../../sandbox/agent/log-config.ts";
import { judged } from "../../../sandbox/agent/apply-log-rules.ts";
import { lookAlikes } from "../../support/logs/look-alikes.ts";
import { secretKinds, type SecretLine } from "../../support/logs/secret-lines.ts";

// The same lines in every run: a rate is a figure, and a figure must not change by itself.
const seed = 20_251_028;
const perKind = 800;
const sample = <Line>(lines: fc.Arbitrary<Line>) => fc.sample(lines, { seed, numRuns: perKind });

const annotation = Object.values(logAnnotations("rabbitmq", "rabbitmq"))[0] ?? "";
const { rules } = readLogConfig(annotation);

function sent(message: string): string {
  return judged({ message, status: "info", nanos: 0n, lines: 1 }, rules).sent?.message ?? "";
}

/** Whether five characters of a secret in a row are left of it, or all of a shorter one. */
function leaks({ line, secrets }: SecretLine): boolean {
  const left = sent(line);
  return secrets.some((secret) => {
    const width = Math.min(5, secret.length);
    const starts = Array.from({ length: secret.length - width + 1 }, (_, at) => at);
    return starts.some((at) => left.includes(secret.slice(at, at + width)));
  });
}

/** How many lines are wrong, and what became of the first of them. */
function firstOf(wrong: readonly string[]): string[] {
  const shown = wrong.slice(0, 3).map((line) => `${line} -> ${sent(line)}`);
  return wrong.length === 0 ? [] : [`${wrong.length} lines`, ...shown];
}

describe("the masks' rates", function () {
  this.timeout(120_000);

  let secrets = 0;
  let others = 0;

  for (const [kind, lines] of secretKinds) {
    it(`leave nothing of ${kind}, in ${perKind} lines`, () => {
      const all = sample(lines);
      secrets += all.length;

      expect(firstOf(all.filter(leaks).map(({ line }) => line))).to.deep.equal([]);
    });
  }

  for (const [kind, lines] of lookAlikes) {
    it(`take ${kind} for a secret in less than 0.1 % of ${perKind} lines`, () => {
      const all = sample(lines);
      others += all.length;

      const masked = all.filter((line) => sent(line).includes("masked_"));

      expect(firstOf(masked)).to.deep.equal([]);
    });
  }

  it("are measured on 10,000 secrets and 10,000 look-alikes at least", () => {
    expect(secrets).to.be.at.least(10_000);
    expect(others).to.be.at.least(10_000);
  });
});
