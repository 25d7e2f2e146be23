import { expect } from "chai";
import { foundLog } from "../../../../../sandbox/datadog/evaluation/values/live-sources.ts";
import { logValues } from "../../../../../sandbox/datadog/evaluation/values/log-value.ts";
import type { LogEvent } from "../../../../../sandbox/datadog/logs/log-event.ts";
import type { Measure } from "../../../../../sandbox/datadog/logs/store/log-counters.ts";
import { openTelemetry, type Telemetry } from "../../../../../sandbox/datadog/logs/telemetry.ts";
import { line, minute, now } from "../../query/stored.ts";

const lines: Measure = { search: "service:orders", by: [], measure: { kind: "count" } };
const byStatus: Measure = { ...lines, by: ["status"] };
const orders: Measure = { ...lines, measure: { kind: "cardinality", path: "@order.id" } };
const slowest: Measure = {
  ...lines,
  by: ["@order.outcome"],
  measure: { kind: "measure", aggregation: "percentile", percent: 95, path: "@duration" },
};

function counted(of: Telemetry, measure: Measure, from: number, to: number) {
  return Object.fromEntries(of.logs.counters.measured(measure, from, to));
}

/** The same by reading the store. */
function read({ logs }: Telemetry, { search, by, measure }: Measure, from: number, to: number) {
  const found = [...logs.find({ query: search, from: from + 1, to })];
  return Object.fromEntries(
    logValues(
      { by, measure },
      found.map(({ event }) => foundLog(event)),
    ),
  );
}

/** Numbers from 0 to 1, the same at every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

describe("lines of log monitors, counted as they arrive", () => {
  let telemetry: Telemetry;
  beforeEach(() => {
    telemetry = openTelemetry(":memory:");
  });
  afterEach(() => {
    telemetry.close();
  });

  it("are those after the start of the window up to its end", () => {
    telemetry.logs.add([line(300), line(299.999), line(0), line(-0.001)]);

    expect(counted(telemetry, lines, now - 5 * minute, now)).to.deep.equal({ "*": 2 });
  });

  it("are counted with those that arrive later, each once, and late ones too", () => {
    telemetry.logs.add([line(120)]);
    expect(counted(telemetry, lines, now - 5 * minute, now)).to.deep.equal({ "*": 1 });

    telemetry.logs.add([line(60), line(60), line(240), line(10, { service: "payment" })]);
    telemetry.logs.add([line(60)]);

    expect(counted(telemetry, lines, now - 5 * minute, now)).to.deep.equal({ "*": 3 });
    expect(counted(telemetry, lines, now - 4 * minute, now + minute)).to.deep.equal({ "*": 2 });
  });

  it("have no value where no line is found", () => {
    expect(counted(telemetry, lines, now - 5 * minute, now)).to.deep.equal({});
  });

  it("are counted again after a transaction that failed, and after a reset", () => {
    counted(telemetry, lines, now - 5 * minute, now);
    expect(() =>
      telemetry.together(() => {
        telemetry.logs.add([line(60)]);
        throw new Error("disk full");
      }),
    ).to.throw("disk full");

    expect(counted(telemetry, lines, now - 5 * minute, now)).to.deep.equal({});
    telemetry.logs.add([line(60)]);
    expect(counted(telemetry, lines, now - 5 * minute, now)).to.deep.equal({ "*": 1 });
    telemetry.clear();
    expect(counted(telemetry, lines, now - 5 * minute, now)).to.deep.equal({});
  });

  it("are what the store itself says, minute by minute, in any order of arrival", () => {
    const random = numbers(7);
    const measures = [lines, byStatus, orders, slowest];
    for (let at = 0; at < 40; at += 1) {
      const moment = now + at * minute;
      const batch = Array.from({ length: 30 }, (_, index): LogEvent => {
        const back = random() < 0.1 ? random() * 900 : random() * 70;
        return {
          ...line(back - at * 60, {
            service: random() < 0.7 ? "orders" : "payment",
            status: random() < 0.5 ? "info" : "error",
            "order.id": String(Math.floor(random() * 50)),
            ...(random() < 0.8 && { "order.outcome": random() < 0.5 ? "placed" : "refused" }),
            ...(random() < 0.9 && { duration: Math.floor(random() * 1000) }),
          }),
          id: `${at}-${index}`,
        };
      });
      telemetry.logs.add(batch);
      for (const measure of measures) {
        for (const minutes of [5, 15]) {
          const window = [moment - minutes * minute, moment] as const;
          expect(counted(telemetry, measure, ...window)).to.deep.equal(
            read(telemetry, measure, ...window),
          );
        }
      }
    }
  });
});
