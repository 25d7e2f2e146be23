import { expect } from "chai";
import { changesBetween } from "../../../../sandbox/datadog/logs/event-changes.ts";
import type { LogEvent } from "../../../../sandbox/datadog/logs/log-event.ts";

function log(differences: Partial<LogEvent> = {}): LogEvent {
  return {
    id: "1",
    timestamp: 1,
    message: "m",
    status: "info",
    host: "h",
    service: "s",
    source: "x",
    trace_id: "",
    tags: [],
    attributes: {},
    ...differences,
  };
}

describe("what a step changed in a log", () => {
  it("is every field and attribute that was set, replaced or removed", () => {
    const before = log({ attributes: { a: { b: 1, c: 2 }, gone: "x" } });
    const after = log({ status: "error", attributes: { a: { b: 1, c: 3, d: [4] } } });

    expect(changesBetween(before, after)).to.deep.equal([
      { path: "status", before: "info", after: "error" },
      { path: "@a.c", before: 2, after: 3 },
      { path: "@gone", before: "x" },
      { path: "@a.d", after: [4] },
    ]);
  });

  it("is nothing where nothing changed", () => {
    const one = log({ tags: ["a"], attributes: { a: { b: null } } });
    expect(changesBetween(one, structuredClone(one))).to.deep.equal([]);
  });
});
