import { expect } from "chai";
import fc from "fast-check";
import { serviceNames, type ServiceName } from "../../../components/shop/catalogue.ts";
import { judged } from "../../../sandbox/agent/apply-log-rules.ts";
import { annotationOf, rulesOf } from "../../support/logs/agent-lines.ts";
import { type DeclaredRule, type GoRules, goRules } from "../../support/logs/go-rules.ts";
import { lookAlikes } from "../../support/logs/look-alikes.ts";
import { recordedLogs } from "../../support/logs/recorded-logs.ts";
import { secretKinds } from "../../support/logs/secret-lines.ts";

// The Agent is a program in Go, the sandbox's agent uses RE2's translation into JavaScript. Proves that
// Go takes every declared pattern, and that both leave the same text. Does not run the Agent itself.

const perKind = 25;
const sampled = <T>(lines: fc.Arbitrary<T>): T[] =>
  fc.sample(lines, { seed: 20_251_028, numRuns: perKind });

/** Lines that no service prints on purpose. */
const odd = [
  "",
  " \t\u00a0\u2003 x \u3000",
  "\u001b[0mPOST /orders \u001b[31m500 \u001b[0m- ms - -\u001b[0m",
  String.raw`password="a\"b\\" token='it''s' \n next: line \\n end\\`,
  "4111\u00a01111\u20101111 1111, 4111 1111 1111 1111 and 4111111111111111",
  "\u0001\u0002password=x\u0003ccv: 123 \u0004",
  "Zoë schrieb an zoë.müller@bücher.example: 密码=秘密 😀 password=😀😀😀 pwd: é",
  "x".repeat(20_000),
  `password=${"y".repeat(20_000)} z`,
];
const everyService: readonly string[] = [
  ...odd,
  ...secretKinds.flatMap(([, lines]) => sampled(lines).map(({ line }) => line)),
  ...lookAlikes.flatMap(([, lines]) => sampled(lines)),
];

const declared = (service: ServiceName): DeclaredRule[] => {
  const [config] = JSON.parse(annotationOf(service)) as [{ log_processing_rules: DeclaredRule[] }];
  return config.log_processing_rules;
};

type Select = (rule: { readonly name: string }) => boolean;

const patterns = serviceNames.map((service) => {
  return new Map(declared(service).map(({ name, pattern }) => [name, pattern]));
});

/** Whether every service has that rule: the masks, for which a line is as good as for any other. */
const isShared: Select = ({ name }) => {
  return new Set(patterns.map((own) => own.get(name))).size === 1;
};

describe("the agent's rules in Go's own regexp", function () {
  // Go compiles its own packages at the first build.
  this.timeout(300_000);
  let go: GoRules | undefined;

  before(function () {
    go = goRules();
    if (go !== undefined) return;
    console.log("      skipped: Go is not installed, and its regexp is what the Agent runs");
    this.skip();
  });

  after(() => {
    go?.remove();
  });

  /** What some of a service's rules leave of each event, after Go has left the same. */
  function agreed(service: ServiceName, events: readonly string[], select: Select) {
    const rules = rulesOf(service).rules.filter(select);
    const ours = events.map((message) => {
      const { sent } = judged({ message, status: "info", nanos: 0n, lines: 1 }, rules);
      return sent?.message ?? null;
    });
    expect(go?.judge(declared(service).filter(select), events).sent).to.deep.equal(ours);
    return ours;
  }

  it("are taken, and leave the same text as in the sandbox, where all services share them", () => {
    const left = agreed("rabbitmq", everyService, isShared);

    expect(left.filter((text) => text?.includes("masked_")).length).to.be.greaterThan(100);
  });

  for (const service of serviceNames) {
    it(`are taken, and leave the same text as in the sandbox, for ${service}`, () => {
      const recorded = recordedLogs().filter((log) => log.service === service);

      agreed(service, [...odd, ...recorded.flatMap(({ lines }) => lines)], () => true);
      agreed(service, everyService, (rule) => !isShared(rule));
    });
  }

  it("would be refused where RE2 refuses them", () => {
    const rule = { type: "exclude_at_match", name: "bound", pattern: "a{0,4000}" };

    expect(() => go?.judge([rule], [])).to.throw("rule bound: error parsing regexp");
  });
});
