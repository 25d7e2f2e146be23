import { expect } from "chai";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LogEvent } from "../../../../../sandbox/datadog/logs/log-event.ts";
import { openDatabase } from "../../../../../sandbox/datadog/logs/store/database.ts";
import { createRawStore } from "../../../../../sandbox/datadog/logs/store/raw-store.ts";

function log(id: string): LogEvent {
  const empty = { status: "info", host: "", service: "", source: "", trace_id: "" };
  return { id, timestamp: 1, message: `m ${id}`, tags: [], attributes: {}, ...empty };
}

describe("the store of logs as they came in", () => {
  it("knows a log by its id, and the newest first", () => {
    const store = createRawStore(openDatabase(":memory:"));
    store.add([log("a"), log("b")], 5);
    store.add([log("c")], 6);

    expect(store.get("b")).to.deep.equal({ arrived: 5, event: log("b") });
    expect(store.get("z")).to.equal(undefined);
    expect(store.newest(2).map(({ event }) => event.id)).to.deep.equal(["c", "b"]);
  });

  it("keeps as many as it is told, and the first of two with one id", () => {
    const store = createRawStore(openDatabase(":memory:"), 2);
    store.add([log("a"), log("b"), log("c")], 1);
    store.add([log("c")], 9);
    store.prune();

    expect(store.newest(9).map(({ event, arrived }) => [event.id, arrived])).to.deep.equal([
      ["c", 1],
      ["b", 1],
    ]);
  });

  it("comes into a database that was made before it", () => {
    const dir = mkdtempSync(join(tmpdir(), "raw-store-"));
    try {
      const first = openDatabase(dir);
      first.exec("DROP TABLE raw");
      first.close();
      const again = openDatabase(dir);
      const store = createRawStore(again);
      store.add([log("a")], 1);
      expect(store.newest(1)).to.have.length(1);
      again.close();
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
