import { expect } from "chai";
import { checkInputs } from "../../../../../sandbox/plugins/datadog/inputs/check-inputs.ts";
import {
  flag,
  json,
  list,
  numeric,
  object,
  text,
  whole,
} from "../../../../../sandbox/plugins/datadog/inputs/shape.ts";
import { Secret, UNKNOWN } from "../../../../../sandbox/plugins/grpc/property-value.ts";

describe("checkInputs", () => {
  it("notes the defaults it filled in, in every object", () => {
    const shape = {
      name: text({ required: true }),
      delay: whole({ default: 300 }),
      tagged: flag({ default: true }),
      filters: list(object({ query: text() })),
    };

    const { inputs, failures } = checkInputs(shape, {
      name: "n",
      tagged: false,
      filters: [{ query: "x" }],
    });

    expect(failures).to.deep.equal([]);
    expect(inputs).to.deep.equal({
      __defaults: ["delay"],
      name: "n",
      delay: 300,
      tagged: false,
      filters: [{ __defaults: [], query: "x" }],
    });
  });

  it("leaves a default out beside the property that switches it off", () => {
    const shape = { delay: whole({ default: 10, defaultUnless: ["missing"] }), missing: text() };

    expect(checkInputs(shape, { missing: "x" }).inputs).to.deep.equal({
      __defaults: [],
      missing: "x",
    });
  });

  it("takes its own result as it is", () => {
    const shape = { delay: whole({ default: 10 }), part: object({ on: flag({ default: true }) }) };
    const { inputs } = checkInputs(shape, { part: {} });

    const again = checkInputs(shape, { part: { __defaults: [] }, __defaults: [] });

    expect(again.inputs).to.deep.equal(inputs);
  });

  const shape = {
    name: text({ required: true }),
    kind: text({ oneOf: ["a", "b"] }),
    limit: numeric(),
    count: whole(),
    board: json(),
    parts: list(object({ on: flag({ required: true }) })),
  };
  const refusals: readonly [title: string, input: object, property: string, reason: string][] = [
    [
      "an unknown property",
      { nam: "x" },
      "nam",
      "is not known to the stand-in for the datadog plugin: remove it, or use the official plugin",
    ],
    ["a value that is not allowed", { kind: "c" }, "kind", 'must be one of a, b, got "c"'],
    ["a wrong type", { count: "1" }, "count", 'must be a whole number, got "1"'],
    ["a fraction", { count: 1.5 }, "count", "must be a whole number, got 1.5"],
    [
      "a number that must be text",
      { limit: 1 },
      "limit",
      'must be a number in quotes, such as "1.5", got 1',
    ],
    [
      "text that is no number",
      { limit: "one" },
      "limit",
      'must be a number in quotes, such as "1.5", got "one"',
    ],
    ["text that is no JSON", { board: "{" }, "board", 'must be a JSON object as a string, got "{"'],
    [
      "JSON that is no object",
      { board: "[]" },
      "board",
      'must be a JSON object as a string, got "[]"',
    ],
    ["an object for a list", { parts: {} }, "parts", "must be a list, got an object"],
    [
      "a missing property of an item",
      { parts: [{ on: true }, {}] },
      "parts[1].on",
      "is required, but missing",
    ],
    [
      "the content of a secret",
      { kind: new Secret("s3cret") },
      "kind",
      "must be one of a, b, got a secret that is not",
    ],
  ];
  for (const [title, input, property, reason] of refusals) {
    it(`refuses ${title}`, () => {
      const { failures } = checkInputs(shape, { name: "n", ...input });

      expect(failures).to.deep.equal([{ property, reason }]);
    });
  }

  it("reports all problems at once", () => {
    const { failures } = checkInputs(shape, { kind: "c", count: "1" });

    expect(failures.map(({ property }) => property)).to.deep.equal(["kind", "count", "name"]);
  });

  it("passes unknown values on", () => {
    const { inputs, failures } = checkInputs(shape, { name: UNKNOWN, count: UNKNOWN });

    expect(failures).to.deep.equal([]);
    expect(inputs).to.deep.equal({ __defaults: [], name: UNKNOWN, count: UNKNOWN });
  });
});
