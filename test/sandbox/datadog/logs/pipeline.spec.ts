import { expect } from "chai";
import type { LogEvent } from "../../../../sandbox/datadog/logs/log-event.ts";
import { notRun } from "../../../../sandbox/datadog/logs/processors/unsupported-processors.ts";
import { runPipelines, type Processed } from "../../../../sandbox/datadog/logs/pipeline.ts";
import {
  createLogEngine,
  type LogEngine,
} from "../../../../sandbox/datadog/logs/pipeline-engine.ts";
import type { Pipeline, Processor } from "../../../../sandbox/datadog/state.ts";
import { createVrlWorker, type VrlWorker } from "../../../../sandbox/datadog/vrl/worker.ts";
import { pyvrl } from "../../../support/logs/pyvrl.ts";

const arrived = Date.parse("2027-01-05T10:00:00Z");

function log(changes: Partial<LogEvent> = {}): LogEvent {
  return {
    id: "1",
    timestamp: arrived,
    message: "WARN 2027-01-05T09:59:58Z socks are few",
    status: "info",
    host: "node",
    service: "orders",
    source: "spring-boot",
    trace_id: "",
    tags: ["kube_namespace:sock-shop"],
    attributes: {},
    ...changes,
  };
}

function pipeline(processors: Processor[], query = ""): Pipeline {
  return {
    id: "p",
    type: "pipeline",
    name: "shop",
    is_enabled: true,
    is_read_only: false,
    filter: { query },
    processors: processors.map((processor) => ({ is_enabled: true, ...processor })),
    tags: [],
    description: "",
  };
}

const grok = (match_rules: string, more: Partial<Processor> = {}): Processor => {
  return { type: "grok-parser", name: "grok", grok: { match_rules }, source: "message", ...more };
};

const line = grok("line %{word:level} %{notSpace:at} %{data:words}");

describe("log pipelines", () => {
  let worker: VrlWorker | undefined;
  let engine: LogEngine;

  before(async function () {
    worker = createVrlWorker({ python: await pyvrl(this) });
    engine = createLogEngine(worker);
  });

  after(() => worker?.close());

  const run = async (pipelines: Pipeline[], event = log()): Promise<Processed> => {
    const [processed] = await runPipelines(pipelines, [event], engine, arrived);
    return processed ?? expect.fail("the log is lost");
  };

  it("parse, and take status, date and message from what was parsed", async () => {
    const { event, steps } = await run([
      pipeline([
        line,
        { type: "status-remapper", sources: ["level"] },
        { type: "date-remapper", sources: ["at"] },
        { type: "message-remapper", sources: ["words"] },
      ]),
    ]);

    expect(event).to.deep.include({
      status: "warn",
      timestamp: Date.parse("2027-01-05T09:59:58Z"),
      message: "socks are few",
      attributes: { level: "WARN", at: "2027-01-05T09:59:58Z" },
    });
    expect(steps[0]).to.deep.equal({
      at: ["shop", "grok"],
      type: "grok-parser",
      effect: "applied",
      matched: "line",
    });
  });

  it("let the first status remapper decide and the last date remapper, over all pipelines", async () => {
    const attributes = { a: "error", b: "debug", x: arrived - 1000, y: arrived - 2000 };
    const { event } = await run(
      [
        pipeline([
          { type: "status-remapper", sources: ["missing", "a"] },
          { type: "date-remapper", sources: ["x"] },
        ]),
        pipeline([
          { type: "status-remapper", sources: ["b"] },
          { type: "date-remapper", sources: ["y"] },
        ]),
      ],
      log({ attributes }),
    );

    expect(event).to.include({ status: "error", timestamp: arrived - 2000 });
  });

  it("take a date 18 hours ago, and none that is older", async () => {
    const remap = [pipeline([{ type: "date-remapper", sources: ["at"] }])];
    const limit = arrived - 18 * 3_600_000;

    const young = await run(remap, log({ attributes: { at: limit } }));
    const old = await run(remap, log({ attributes: { at: limit - 1 } }));

    expect(young.event.timestamp).to.equal(limit);
    expect(old.event.timestamp).to.equal(arrived);
    expect(old.steps[0]?.effect).to.equal(
      "2027-01-04T15:59:59.999Z is more than 18 hours ago or more than 2 hours ahead",
    );
  });

  it("run a nested pipeline for the logs that its filter and the outer one let in", async () => {
    const nested = {
      type: "pipeline",
      name: "boot",
      filter: { query: "source:spring-boot" },
      processors: [{ ...line, is_enabled: true }],
    };
    const pipelines = [pipeline([nested], "kube_namespace:sock-shop")];

    const inside = await run(pipelines);
    const other = await run(pipelines, log({ source: "go-kit" }));
    const outside = await run(pipelines, log({ tags: ["kube_namespace:x"] }));

    expect(inside.steps.map(({ at }) => at)).to.deep.equal([["shop", "boot", "grok"]]);
    expect([other.steps, outside.steps]).to.deep.equal([[], []]);
  });

  it("run nothing that is disabled, or not said to be enabled", async () => {
    const silent = { ...line, is_enabled: undefined };

    const { steps } = await run([
      pipeline([{ ...line, is_enabled: false }, silent]),
      { ...pipeline([line]), is_enabled: false },
    ]);

    expect(steps).to.deep.equal([]);
  });

  it("name the first category that matches", async () => {
    const category = (name: string, query: string) => ({ name, filter: { query } });
    const { event, steps } = await run(
      [
        pipeline([
          {
            type: "category-processor",
            target: "evt.outcome",
            categories: [
              category("declined", "@payment.authorised:false"),
              category("failed", "@order.status:PAYMENT_FAILED OR status:error"),
              category("late", "*"),
            ],
          },
        ]),
      ],
      log({ attributes: { order: { status: "PAYMENT_FAILED" } } }),
    );

    expect(event.attributes).to.deep.equal({
      order: { status: "PAYMENT_FAILED" },
      evt: { outcome: "failed" },
    });
    expect(steps[0]?.matched).to.equal("failed");
  });

  it("say of each processor without effect why it had none", async () => {
    const { event, steps } = await run([
      pipeline([
        grok("other nothing like it"),
        grok("other %{word:x}", { source: "missing" }),
        { type: "status-remapper", sources: ["missing"] },
        { type: "geo-ip-parser", sources: ["ip"], target: "geo" },
        grok("bad %{nope:x}"),
      ]),
    ]);

    expect(event).to.deep.equal(log());
    expect(
      steps.map(({ effect }) => effect.replace(/: failed to parse.*|: The given.*/, "")),
    ).to.deep.equal([
      "no rule matches",
      "no attribute missing",
      "no attribute missing",
      "not run: the stand-in has no geo-ip-parser",
      "not run",
    ]);
  });

  it("keep a key that would reach into JavaScript as a key like any other", async () => {
    const body = '{"__proto__": {"polluted": 1}, "a": 2}';

    const { event } = await run([pipeline([grok("json %{data::json}")])], log({ message: body }));

    expect(JSON.stringify(event.attributes)).to.equal('{"__proto__":{"polluted":1},"a":2}');
    expect(Object.keys(Object.prototype)).to.deep.equal([]);
  });

  it("list what cannot be run, each with its reason", async () => {
    const listed = await notRun(
      [
        pipeline([
          line,
          grok("good %{word:x}\nbad %{nope:x}"),
          { type: "geo-ip-parser", name: "regions" },
          { type: "category-processor", name: "kinds", categories: [{ filter: { query: "a:(" } }] },
          { type: "url-parser", name: "off", is_enabled: false },
        ]),
        pipeline([], "service:[a"),
      ],
      engine,
    );

    expect(listed.map(({ at, why }) => `${at.join(" > ")}: ${why}`)).to.deep.equal([
      "shop > grok: grok rule bad: failed to parse grok expression '\\A%{nope:grok0}\\z': The " +
        'given pattern definition name "nope" could not be found in the definition map',
      "shop > regions: the stand-in has no geo-ip-parser",
      'shop > kinds: the search "a:(" is not understood: it ends where a term should stand',
      'shop: the search "service:[a" is not understood: "[a" at character 9',
    ]);
  });
});
