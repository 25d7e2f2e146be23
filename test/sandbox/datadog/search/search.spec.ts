import { expect } from "chai";
import fc from "fast-check";
import type { LogEvent } from "../../../../sandbox/datadog/logs/log-event.ts";
import { createLogEngine } from "../../../../sandbox/datadog/logs/pipeline-engine.ts";
import { parseSearch } from "../../../../sandbox/datadog/search/parse.ts";
import { predicateOf } from "../../../../sandbox/datadog/search/predicate.ts";
import { createVrlWorker } from "../../../../sandbox/datadog/vrl/worker.ts";
import { pyvrl } from "../../../support/logs/pyvrl.ts";

const log: LogEvent = {
  id: "1",
  timestamp: 0,
  message: "Payment failed for order 6900953a: Connection refused (Connection refused)",
  status: "error",
  host: "node-1",
  service: "sock-shop-orders",
  source: "spring-boot",
  trace_id: "",
  tags: ["kube_namespace:sock-shop", "pod_name:payment-7d9c-x", "bare"],
  attributes: { order: { id: "6900953a" }, http: { status_code: 500 }, list: ["a", "b"], "d.e": 1 },
};

const finds = (query: string, event = log): boolean => predicateOf(parseSearch(query))(event);

/** Queries with the answer for the log above. */
const cases: readonly [query: string, matches: boolean][] = [
  ["", true],
  ["*", true],
  ["*:*", true],
  ['kube_namespace:sock-shop service:sock-shop-orders "Payment failed for order"', true],
  ["kube_namespace:sock-shop pod_name:payment*", true],
  ["kube_namespace:sock-shop pod_name:carts*", false],
  ["service:orders", false],
  ['("Connection refused" OR "Connection failed") kube_namespace:sock-shop', true],
  ['"connection REFUSED"', true],
  ["payment failed", true],
  ["payment absent", false],
  ["pay", false],
  ["pay*", true],
  ["-service:carts", true],
  ["NOT status:error", false],
  ["a OR status:error b", false],
  ["status:error b OR payment", true],
  ["status:(warn OR error)", true],
  ["@http.status_code:500", true],
  ["@http.status_code:>=500", true],
  ["@http.status_code:>500", false],
  ["@http.status_code:[400 TO 500]", true],
  ["@http.status_code:{400 TO 500}", false],
  ["@http.status_code:[* TO 600]", true],
  ["@order.id:*", true],
  ["-@order.id:*", false],
  ["@order.id:69??953a", true],
  ["_exists_:@order.id", true],
  ["_missing_:@order.id", false],
  ["@list:b", true],
  ["@d.e:1", true],
  ["*:6900953a", true],
  ["bare:*", true],
  ["host:node-1 source:spring-boot", true],
];

describe("Datadog's search syntax", () => {
  for (const [query, matches] of cases) {
    it(`${matches ? "finds" : "passes over"} a log by ${query || "nothing"}`, () => {
      expect(finds(query)).to.equal(matches);
    });
  }

  it("is refused where it is not understood, in one sentence", () => {
    const refusal = (query: string): string => {
      try {
        parseSearch(query);
        return "understood";
      } catch (error) {
        return (error as Error).message.replace(/^the search .* is not understood: /, "");
      }
    };

    expect(
      ["(a", "a)", "a OR", "service:", "@a:[1 TO 2}", "AND", "a:(b:c)"].map(refusal),
    ).to.deep.equal([
      "an opening bracket is never closed",
      '")" has nothing to close',
      "it ends where a term should stand",
      '"service:" has no value',
      "[1 TO 2}: a range is [a TO b] or {a TO b}, not a mixture",
      '"AND" stands where a term should',
      '"b:" stands inside the values of another field',
    ]);
  });

  it("is read or refused, never anything else, whatever is written", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (query) => {
        try {
          finds(query);
        } catch (error) {
          expect((error as Error).message).to.include("is not understood");
        }
      }),
    );
  }).timeout(20_000);
});

describe("the search of the store", () => {
  const word = fc.constantFrom("payment", "failed", "Refused", "x", "sock-shop-orders", "500", "b");
  const term = fc.oneof(
    word,
    fc.tuple(word, word).map(([a, b]) => `"${a} ${b}"`),
    fc.constantFrom(
      "pay*",
      "@n:>3",
      "@n:[1 TO 5]",
      "@n:{1 TO 5}",
      "@a.b:*",
      "_exists_:@n",
      "tag:*",
    ),
    fc
      .tuple(fc.constantFrom("service", "status", "tag", "@a.b", "@n", "host"), word)
      .map(([field, value]) => `${field}:${value}`),
  );
  const { query } = fc.letrec<{ query: string }>((tie) => ({
    query: fc.oneof(
      { maxDepth: 4 },
      term,
      fc.tuple(tie("query"), tie("query")).map(([a, b]) => `${a} ${b}`),
      fc.tuple(tie("query"), tie("query")).map(([a, b]) => `(${a} OR ${b})`),
      tie("query").map((inner) => `NOT (${inner})`),
    ),
  }));
  const event = fc.record({
    message: fc.array(word).map((words) => words.join(" ")),
    status: fc.constantFrom("error", "info"),
    service: fc.constantFrom("sock-shop-orders", "x", ""),
    host: fc.constantFrom("x", ""),
    tags: fc.subarray(["tag:x", "tag:b", "other:500"]),
    attributes: fc.record(
      { n: fc.constantFrom(1, 3, 4.5, 5, 500), a: fc.record({ b: word }, { requiredKeys: [] }) },
      { requiredKeys: [] },
    ),
  });

  it("finds what VRL's own matcher finds", async function () {
    const worker = createVrlWorker({ python: await pyvrl(this) });
    const engine = createLogEngine(worker);
    try {
      await fc.assert(
        fc.asyncProperty(query, fc.array(event, { minLength: 1 }), async (text, parts) => {
          const events = parts.map((part) => ({ ...log, ...part }));
          const matches = await engine.match([text], events);
          expect(events.map((one) => [finds(text, one)])).to.deep.equal(matches);
        }),
        { numRuns: 300 },
      );
    } finally {
      await worker.close();
    }
  }).timeout(60_000);
});
