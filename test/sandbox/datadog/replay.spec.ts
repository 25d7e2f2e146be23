import { expect } from "chai";
import { runLifecycle } from "./lifecycle-client.ts";
import { standIn } from "./stand-in.ts";

const ids = new Set(["id", "id_str", "url", "deleted_monitor_id"]);
const times = new Set(["created", "created_at", "modified", "modified_at", "date_happened"]);

/** Puts `<id>` and `<time>` where a value is of the run; `url` only where it holds an event's id. */
function normalised(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) {
    return value.map((element) => normalised(element));
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, normalised(v, k)]));
  }
  const isOwnNumber = typeof value === "number" && value < 1000;
  if (ids.has(key) && !isOwnNumber && value !== "sockshop.orders.failed") {
    return "<id>";
  }
  return times.has(key) ? "<time>" : value;
}

describe("the replay of the provider's requests", () => {
  it("answers every exchange of an object's life as Datadog does", async () => {
    const answered = await runLifecycle(standIn());

    for (const { exchange, got, wanted } of answered) {
      expect(got.status, exchange.request).to.equal(exchange.status);
      expect(normalised(got.body), exchange.request).to.deep.equal(normalised(wanted));
    }
  });

  it("leaves nothing behind after that life, and saw no unknown path", async () => {
    const on = standIn();

    await runLifecycle(on);

    const { monitors, dashboards, pipelines, metrics, slos, unknown } = on.state();
    expect([monitors, dashboards, pipelines, metrics, slos, unknown].flat()).to.deep.equal([]);
  });
});
