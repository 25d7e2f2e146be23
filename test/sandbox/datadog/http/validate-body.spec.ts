import { expect } from "chai";
import fc from "fast-check";
import { createRequire } from "node:module";
import { problemsOf, problemText } from "../../../../sandbox/datadog/http/validate-body.ts";
import {
  type ApiVersion,
  elementType,
  modelOf,
} from "../../../../sandbox/datadog/http/api-models.ts";
import { modelValues } from "../model-values.ts";

const bodies: [ApiVersion, string][] = [
  ["v1", "Monitor"],
  ["v1", "MonitorUpdateRequest"],
  ["v1", "Dashboard"],
  ["v1", "LogsPipeline"],
  ["v1", "LogsPipelinesOrder"],
  ["v1", "ServiceLevelObjectiveRequest"],
  ["v1", "ServiceLevelObjective"],
  ["v1", "EventCreateRequest"],
  ["v2", "LogsMetricCreateRequest"],
  ["v2", "LogsMetricUpdateRequest"],
  ["v2", "DowntimeCreateRequest"],
  ["v2", "DowntimeUpdateRequest"],
];

function texts(version: ApiVersion, type: string, body: unknown): string[] {
  return problemsOf(version, type, body).map(problemText);
}

interface Place {
  path: string;
  holder: Record<string, unknown>;
  key: string;
}

/** Every required field that a body holds outside unions: there, dropping it has one meaning. */
function requiredPlaces(version: ApiVersion, type: string, value: unknown, path = ""): Place[] {
  const elements = elementType(type);
  if (elements !== undefined) {
    return (value as unknown[]).flatMap((element, index) =>
      requiredPlaces(version, elements, element, `${path}[${index}]`),
    );
  }
  const model = /^[A-Z]/.test(type) && type !== "Date" ? modelOf(version, type) : undefined;
  if (model?.kind !== "object") {
    return [];
  }
  const holder = value as Record<string, unknown>;
  return model.attributes.flatMap(({ name, type: inner, required }) => {
    const at = path === "" ? name : `${path}.${name}`;
    const own = required ? [{ path: at, holder, key: name }] : [];
    return name in holder ? [...own, ...requiredPlaces(version, inner, holder[name], at)] : [];
  });
}

describe("the check of a body against Datadog's models", () => {
  for (const [version, type] of bodies) {
    it(`passes any ${type} that its model allows`, () => {
      fc.assert(
        fc.property(modelValues(version, type), (body) => {
          expect(texts(version, type, body)).to.deep.equal([]);
        }),
        { numRuns: 50 },
      );
    });
  }

  for (const [version, type] of bodies.filter(([, name]) => name !== "MonitorUpdateRequest")) {
    it(`names the required field that a ${type} has lost`, () => {
      fc.assert(
        fc.property(modelValues(version, type), fc.nat(), (body, pick) => {
          const places = requiredPlaces(version, type, body);
          const { path, holder, key } = places[pick % places.length] ?? expect.fail("no field");
          expect(Reflect.deleteProperty(holder, key)).to.equal(true);

          const found = problemsOf(version, type, body);

          expect(found.map((problem) => problem.path)).to.deep.equal([path]);
          expect(found[0]?.got).to.equal("missing");
        }),
        { numRuns: 50 },
      );
    });
  }

  it("names an unknown value of an enumeration, and the values known", () => {
    const body = { type: "log alert", query: "q", options: { on_missing_data: "showNoData" } };

    expect(texts("v1", "Monitor", body)).to.deep.equal([
      `Invalid payload: 'options.on_missing_data' is "showNoData" (string): must be one of "default", "show_no_data", "show_and_notify_no_data", "resolve"`,
    ]);
  });

  it("names the place of a wrong type in lists and maps", () => {
    const body = {
      type: "log alert",
      query: 7,
      tags: ["a", 1],
      options: { thresholds: { critical: "1" }, silenced: { "*": "x" } },
    };

    expect(texts("v1", "Monitor", body)).to.deep.equal([
      `Invalid payload: 'options.silenced.*' is "x" (string): must be a number`,
      `Invalid payload: 'options.thresholds.critical' is "1" (string): must be a number`,
      "Invalid payload: 'query' is 7 (number): must be a string",
      "Invalid payload: 'tags[1]' is 1 (number): must be a string",
    ]);
  });

  it("refuses a fraction where the model counts, and takes one where it measures", () => {
    const monitor = { type: "log alert", query: "q" };

    expect(texts("v1", "Monitor", { ...monitor, priority: 2.5 })).to.deep.equal([
      "Invalid payload: 'priority' is 2.5 (number): must be a whole number",
    ]);
    const thresholds = { options: { thresholds: { critical: 2.5 } } };
    expect(texts("v1", "Monitor", { ...monitor, ...thresholds })).to.deep.equal([]);
  });

  it("takes null for an optional field and refuses it for a required one", () => {
    const monitor = { type: "log alert", query: "q", priority: null, restricted_roles: null };

    expect(texts("v1", "Monitor", monitor)).to.deep.equal([]);
    expect(texts("v1", "Monitor", { ...monitor, tags: [null] })).to.deep.equal([
      "Invalid payload: 'tags[0]' is null: must be present (string)",
    ]);
    expect(texts("v1", "Monitor", { ...monitor, query: null })).to.deep.equal([
      "Invalid payload: 'query' is null: must be present (string)",
    ]);
  });

  it("takes null for a required field that may hold anything", () => {
    const wildcard = (specification: object) => {
      return { type: "wildcard", requests: [], specification: { type: "vega", ...specification } };
    };
    const board = (definition: object) => {
      return { title: "t", layout_type: "ordered", widgets: [{ definition }] };
    };

    expect(texts("v1", "Dashboard", board(wildcard({ contents: null })))).to.deep.equal([]);
    expect(texts("v1", "Dashboard", board(wildcard({})))).to.deep.equal([
      "Invalid payload: 'widgets[0].definition.specification.contents' is missing: must be present (any)",
    ]);
  });

  it("takes keys beyond the model where the model is open, and refuses them where it is not", () => {
    const monitor = { type: "log alert", query: "q", our_own: 1 };
    const once = { schedule: { start: null, until: "x" } };
    const attributes = { scope: "*", monitor_identifier: { monitor_tags: ["a:b"] }, ...once };

    expect(texts("v1", "Monitor", monitor)).to.deep.equal([]);
    expect(
      texts("v2", "DowntimeCreateRequest", { data: { type: "downtime", attributes } }),
    ).to.deep.equal([
      `Invalid payload: 'data.attributes.schedule.until' is "x" (string): must be absent (known here: end, start)`,
    ]);
  });

  it("reports of a union the problems of the member that was meant", () => {
    const widgets = [
      { definition: { type: "note" } },
      { definition: { type: "timeseries", requests: [{ display_type: "barz" }] } },
    ];
    const board = { title: "t", layout_type: "ordered", widgets };

    expect(texts("v1", "Dashboard", board)).to.deep.equal([
      "Invalid payload: 'widgets[0].definition.content' is missing: must be present (string)",
      `Invalid payload: 'widgets[1].definition.requests[0].display_type' is "barz" (string): must be one of "area", "bars", "line", "overlay"`,
    ]);
  });

  it("names the members' tag where no member has the one given", () => {
    const pipeline = { name: "p", processors: [{ type: "groc-parser" }] };

    expect(problemsOf("v1", "LogsPipeline", pipeline)).to.have.lengthOf(1);
    const [problem] = problemsOf("v1", "LogsPipeline", pipeline);
    expect(problem?.path).to.equal("processors[0].type");
    expect(problem?.allowed).to.contain('"grok-parser", "date-remapper"');
  });

  it("says what a body is that is no object", () => {
    const wrong = [undefined, [], "text", 5];

    expect(wrong.flatMap((body) => texts("v1", "Monitor", body))).to.deep.equal([
      "Invalid payload: the body is missing: must be an object",
      "Invalid payload: the body is an array: must be an object",
      'Invalid payload: the body is "text" (string): must be an object',
      "Invalid payload: the body is 5 (number): must be an object",
    ]);
    expect(texts("v1", "Monitor", null)).to.deep.equal([
      "Invalid payload: the body is null: must be an object",
    ]);
  });

  it("says what was got where a list, a map or a tagged union is wanted", () => {
    const monitor = { type: "log alert", query: "q" };

    expect(texts("v1", "Monitor", { ...monitor, tags: "a:b" })).to.deep.equal([
      `Invalid payload: 'tags' is "a:b" (string): must be an array`,
    ]);
    expect(texts("v1", "Monitor", { ...monitor, options: { silenced: [] } })).to.deep.equal([
      "Invalid payload: 'options.silenced' is an array: must be an object",
    ]);
    const [text] = texts("v1", "LogsPipeline", { name: "p", processors: [7] });
    expect(text).to.contain(
      "'processors[0]' is 7 (number): must be one of the types LogsGrokParser",
    );
  });

  it("shortens a long value and leaves the sentence in one line", () => {
    const [text = ""] = texts("v1", "Monitor", { query: "q", type: `a\n${"x".repeat(500)}` });

    expect(text).to.match(/^Invalid payload: 'type' is "a\\nx+…" \(string\): must be one of/);
    expect(text.split("\n")).to.have.lengthOf(1);
  });
});

interface Client {
  ObjectSerializer: { deserialize: (data: unknown, type: string) => unknown };
}

/** Whether the official client itself could make sense of the value. */
function clientReads(client: Client, type: string, body: unknown): boolean {
  try {
    const value = client.ObjectSerializer.deserialize(body, type) as Record<string, unknown>;
    return !JSON.stringify(value).includes('"_unparsed":true');
  } catch {
    return false;
  }
}

/** Every place of a body that holds a plain value, as a way of putting another one there. */
function leaves(value: unknown): ((other: unknown) => void)[] {
  if (typeof value !== "object" || value === null) {
    return [];
  }
  const holder = value as Record<string, unknown>;
  return Object.entries(holder).flatMap(([key, inner]) =>
    typeof inner === "object" && inner !== null
      ? leaves(inner)
      : [
          (other: unknown) => {
            holder[key] = other;
          },
        ],
  );
}

/** Puts a value that no model allows in place of one leaf of the body. */
function spoil(body: unknown, pick: number): unknown {
  const spoilt = structuredClone(body);
  const places = leaves(spoilt);
  places[pick % Math.max(places.length, 1)]?.({ "!": [] });
  return spoilt;
}

describe("the check beside the official client", () => {
  let client: Client;

  before(() => {
    const directory = "@datadog/datadog-api-client/dist/packages/datadog-api-client-v1/models/";
    client = createRequire(import.meta.url)(`${directory}ObjectSerializer.js`) as Client;
  });

  for (const type of ["Monitor", "LogsPipeline", "ServiceLevelObjectiveRequest", "Dashboard"]) {
    it(`refuses every spoilt ${type} that the client cannot read`, () => {
      let refused = 0;
      fc.assert(
        fc.property(modelValues("v1", type), fc.nat(), (body, pick) => {
          const spoilt = spoil(body, pick);
          fc.pre(clientReads(client, type, body) && !clientReads(client, type, spoilt));
          refused += 1;

          expect(problemsOf("v1", type, spoilt)).to.not.have.lengthOf(0);
        }),
        { numRuns: 40 },
      );
      expect(refused).to.be.greaterThan(20);
    });
  }
});
