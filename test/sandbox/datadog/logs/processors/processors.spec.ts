// Proves: what each processor leaves of its source, and what it makes of it, as Datadog's tests say.
import { expect } from "chai";
import type { LogEvent } from "../../../../../sandbox/datadog/logs/log-event.ts";
import { runPipelines } from "../../../../../sandbox/datadog/logs/pipeline.ts";
import type { Pipeline, Processor } from "../../../../../sandbox/datadog/state.ts";
import { vrlEngine } from "../../../../support/logs/vrl-engine.ts";

const arrived = Date.parse("2027-01-05T10:00:00Z");

describe("a processor of logs", () => {
  const engine = vrlEngine();
  const run = async (
    attributes: Record<string, unknown>,
    ...processors: Processor[]
  ): Promise<LogEvent> => {
    const event: LogEvent = {
      ...{ id: "1", timestamp: arrived, message: "as it came", status: "info", host: "" },
      ...{ service: "shop", source: "", trace_id: "", tags: [], attributes },
    };
    const enabled = processors.map((one) => ({ ...one, is_enabled: true }));
    const declared = { name: "p", is_enabled: true, processors: enabled } as unknown as Pipeline;
    const [done] = await runPipelines([declared], [event], engine(), arrived);
    return done?.event ?? expect.fail("the log is lost");
  };

  for (const [type, field] of [
    ["message-remapper", "message"],
    ["trace-id-remapper", "trace_id"],
    ["span-id-remapper", "span_id"],
  ] as const) {
    it(`${type} takes its source away, with the objects that are empty then`, async () => {
      const event = await run({ a: { b: { c: "x" } }, d: 1 }, { type, sources: ["no", "a.b.c"] });

      expect(event).to.deep.include({ [field]: "x", attributes: { d: 1 } });
    });
  }

  for (const [type, field, source, value, expected] of [
    ["status-remapper", "status", "level", "WARN", "warn"],
    ["service-remapper", "service", "app", "orders", "orders"],
    ["date-remapper", "timestamp", "at", arrived - 5000, arrived - 5000],
  ] as const) {
    it(`${type} keeps its source`, async () => {
      const event = await run({ [source]: value }, { type, sources: [source] });

      expect(event).to.deep.include({ [field]: expected, attributes: { [source]: value } });
    });
  }

  it("message-remapper takes attributes alone: the log's own message is none", async () => {
    const remapper = { type: "message-remapper", sources: ["message", "text"] };

    expect(await run({ text: "second" }, remapper)).to.deep.include({
      message: "second",
      attributes: {},
    });
    expect((await run({}, remapper)).message).to.equal("as it came");
  });

  it("date-remapper takes numbers for milliseconds, whatever their length", async () => {
    const remapper = { type: "date-remapper", sources: ["at"] };

    expect((await run({ at: arrived / 1000 }, remapper)).timestamp).to.equal(arrived);
    expect((await run({ at: String(arrived - 1) }, remapper)).timestamp).to.equal(arrived - 1);
  });

  it("attribute-remapper takes the source away where the target is kept, and makes no copy of a field", async () => {
    const remapper = { type: "attribute-remapper", sources: ["a"], target: "b" };

    expect((await run({ a: 1, b: 2 }, remapper)).attributes).to.deep.equal({ b: 2 });
    expect(
      (await run({ a: 1, b: 2 }, { ...remapper, preserve_source: true })).attributes,
    ).to.deep.equal({ a: 1, b: 2 });
    expect((await run({}, { ...remapper, sources: ["status"] })).attributes).to.deep.equal({});
  });

  it("arithmetic-processor counts a text that is a number as one, and no other text", async () => {
    const formula = { type: "arithmetic-processor", expression: "a * 1000", target: "b" };

    expect((await run({ a: "1.5" }, formula)).attributes).to.deep.equal({ a: "1.5", b: 1500 });
    expect((await run({ a: "1.5s" }, formula)).attributes).to.deep.equal({ a: "1.5s" });
  });

  it("finds attributes by custom. and in lists by their index", async () => {
    const copy = (source: string): Processor => {
      return { type: "attribute-remapper", sources: [source], target: "x", preserve_source: true };
    };
    const attributes = { list: [{ name: "first" }], kind: "a" };

    expect((await run(attributes, copy("list.0.name"))).attributes["x"]).to.equal("first");
    expect((await run(attributes, copy("custom.kind"))).attributes["x"]).to.equal("a");
    expect((await run(attributes, copy("list.1.name"))).attributes).to.deep.equal(attributes);
  });

  it("lookup-processor maps by its table, else by the default, else not at all", async () => {
    const table = { type: "lookup-processor", source: "a", target: "b" };
    const rows = ["info, informational", "x,1,2"];

    const looked = async (a: string, more = {}) =>
      (await run({ a }, { ...table, lookup_table: rows, ...more })).attributes["b"];

    expect(await looked("info")).to.equal("informational");
    expect(await looked("x")).to.equal("1,2");
    expect(await looked("none")).to.equal(undefined);
    expect(await looked("none", { default_lookup: "other" })).to.equal("other");
  });

  it("url-parser takes a URL apart, and a path alone", async () => {
    const parser = { type: "url-parser", sources: ["u"], target: "d" };

    expect(
      (await run({ u: "https://me:pw@shop.test:8443/a/b/?q=1&q=2#top" }, parser)).attributes["d"],
    ).to.deep.equal({
      ...{ scheme: "https", host: "shop.test", port: 8443, path: "/a/b/" },
      ...{ queryString: { q: ["1", "2"] }, hash: "top" },
    });
    expect((await run({ u: "/admin/x.action" }, parser)).attributes["d"]).to.deep.equal({
      path: "/admin/x.action",
    });
    expect(
      (await run({ u: "/a/b//" }, { ...parser, normalize_ending_slashes: true })).attributes["d"],
    ).to.deep.equal({ path: "/a/b" });
  });

  it("user-agent-parser names browser, system and device, and what it does not know Other", async () => {
    const parser = { type: "user-agent-parser", sources: ["ua"], target: "d" };
    const safari =
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) " +
      "Version/14.0.3 Safari/605.1.15";

    expect((await run({ ua: safari }, parser)).attributes["d"]).to.deep.equal({
      browser: { family: "Safari", major: "14", minor: "0", patch: "3" },
      os: { family: "Mac OS X", major: "10", minor: "15", patch: "7" },
      device: { family: "Mac", brand: "Apple", model: "Mac", category: "Desktop" },
    });
    expect(
      (await run({ ua: "our%20probe" }, { ...parser, is_encoded: true })).attributes["d"],
    ).to.deep.equal({
      browser: { family: "Other" },
      os: { family: "Other" },
      device: { family: "Other", category: "Other" },
    });
    expect((await run({}, parser)).attributes).to.deep.equal({});
  });
});
