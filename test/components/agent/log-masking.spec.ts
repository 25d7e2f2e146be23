import { expect } from "chai";
import fc from "fast-check";
import { logAnnotations } from "../../../components/agent/log-rules.ts";
import type { ServiceName } from "../../../components/shop/catalogue.ts";
import { readLogConfig } from "../../../sandbox/agent/log-config.ts";
import { createLogRules } from "../../../sandbox/agent/apply-log-rules.ts";

const services = ["orders", "front-end", "user", "payment", "carts"] as const;

function sent(service: ServiceName, text: string): string {
  const annotation = Object.values(logAnnotations(service, service))[0] ?? "";
  const rules = createLogRules(readLogConfig(annotation));
  const push = rules.push({ text, stream: "stdout", nanos: 0n });
  return [...push, ...rules.flush()].map(({ message }) => message).join("\n");
}

const json = (name: string) => (secret: string) => JSON.stringify({ a: 1, [name]: secret, z: "2" });
const inner = (name: string) => (secret: string) => JSON.stringify(json(name)(secret));

// A word at both ends shows whether anything is left of what is between.
const marked = fc
  .string({ unit: "grapheme", maxLength: 12 })
  .map((middle) => `St4rt${middle}F1nish`);
const digits = fc.stringMatching(/^[2-6](?:[0-9]{8,18}|[0-9]{3}(?: [0-9]{4}){3})$/);

const shapes: readonly (readonly [string, fc.Arbitrary<string>, (secret: string) => string])[] = [
  ["a card number in Java", digits, (it) => `Card{id=null, longNum='${it}', expires='12/30'}`],
  ["a card number in Go", digits, (it) => `{LongNum:${it} Expires:12/30 CCV:1 ID:}`],
  ["a card number in JSON", digits, json("longNum")],
  ["a card number in JSON within JSON", digits, inner("longNum")],
  ["a card number in a pair", digits, (it) => `longNum=${it} took=1ms`],
  [
    "a card code in Java",
    fc.stringMatching(/^7[0-9]{2,3}$/),
    (it) => `expires='1/3', ccv='${it}'}`,
  ],
  ["a card code in Go", fc.stringMatching(/^7[0-9]{2,3}$/), (it) => `Expires:1/3 CCV:${it} ID:`],
  ["a card code in JSON", fc.stringMatching(/^7[0-9]{2,3}$/), json("ccv")],
  ["a card code in JSON within JSON", fc.stringMatching(/^7[0-9]{2,3}$/), inner("ccv")],
  ["a password in JSON", marked, json("password")],
  ["a password in JSON within JSON", marked, inner("password")],
  ["a password in a pair", fc.stringMatching(/^St4rt\w{0,9}F1nish$/), (it) => `password=${it} a=1`],
  [
    "a password in a DSN",
    fc.stringMatching(/^St4rt\w{0,9}F1nish$/),
    (it) => `DSN=u:${it}@tcp(db:3306)/x`,
  ],
  [
    "an e-mail address",
    fc.stringMatching(/^St4rt[\w.+-]{0,9}@F1nish\.example\.org$/),
    (it) => `email=${it} a=1`,
  ],
  [
    "an e-mail address in JSON",
    fc.stringMatching(/^St4rt[\w.+-]{0,9}@F1nish\.example\.org$/),
    json("email"),
  ],
];

describe("the agent's masks", () => {
  for (const [what, secrets, write] of shapes) {
    it(`leave nothing of ${what}, and the rest of the line as it was`, () => {
      const property = fc.property(secrets, fc.constantFrom(...services), (secret, service) => {
        const line = `before ${write(secret)} after`;

        const text = sent(service, line);

        expect(text).not.to.include(secret);
        expect(text).not.to.match(/St4rt|F1nish/);
        expect(text).to.match(/^before .*masked_(pan|cvv|secret|email).* after$/);
        if (what.includes("in JSON") && !what.includes("within")) {
          expect(() => JSON.parse(text.slice(7, -6)) as unknown).not.to.throw();
        }
      });

      fc.assert(property);
    });
  }

  it("find a card number that no field names", () => {
    for (const card of [
      "4111111111111111",
      "5105105105105100",
      "378282246310005",
      "4111 1111 1111 1111",
      "4111-1111-1111-1111",
    ]) {
      expect(sent("orders", `paid by ${card}.`)).to.equal("paid by masked_pan.");
    }
  });

  it("leave trace ids, order ids and times alone, also those that look like a card number", () => {
    const lines = [
      "2025-10-28 10:04:45.548  INFO [orders,4111111111111111,5105105105105100,false] 1 --- [main] a.b.C : x",
      "2025-10-28T10:04:45.548Z  INFO 1 --- [orders] [main] [41111111111111114111111111111111-4111111111111111] a.b.C : x",
      "Order 690095394100000000000003 shipped successfully",
      "ts=2025-10-18T09:23:58.673903293Z caller=logging.go:25 method=Authorise result=true took=736ns",
      "Created new connection: SimpleConnection@1d5f7ba3 [delegate=amqp://guest@10.96.41.7:5672/]",
    ];

    for (const line of lines) expect(sent("orders", line)).to.equal(line);
  });

  it("neither fail nor lose a line of random bytes", () => {
    const property = fc.property(fc.string({ unit: "binary", maxLength: 300 }), (noise) => {
      const line = `x${noise.replaceAll("\n", " ")}x`;

      expect(sent("front-end", line)).to.have.length.greaterThan(0);
    });

    fc.assert(property);
  });
});
