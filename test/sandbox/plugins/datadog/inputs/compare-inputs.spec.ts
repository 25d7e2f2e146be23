import { expect } from "chai";
import fc from "fast-check";
import { checkInputs } from "../../../../../sandbox/plugins/datadog/inputs/check-inputs.ts";
import { compareInputs } from "../../../../../sandbox/plugins/datadog/inputs/compare-inputs.ts";
import { readInputs } from "../../../../../sandbox/plugins/datadog/inputs/read-inputs.ts";
import {
  flag,
  json,
  list,
  numeric,
  object,
  set,
  text,
  whole,
} from "../../../../../sandbox/plugins/datadog/inputs/shape.ts";
import {
  Secret,
  UNKNOWN,
  type PropertyMap,
} from "../../../../../sandbox/plugins/grpc/property-value.ts";

const shape = {
  name: text({ replace: true }),
  tags: set(text()),
  limit: numeric(),
  delay: whole({ default: 300 }),
  board: json(),
  validate: flag({ local: true }),
  zone: text({ computed: true }),
  compute: object({ path: text({ replace: true }), percentiles: flag() }),
  steps: list(object({ name: text(), on: flag() })),
};

describe("compareInputs", () => {
  const equal: readonly [title: string, before: PropertyMap, after: PropertyMap][] = [
    ["the order of a set", { tags: ["a", "b"] }, { tags: ["b", "a"] }],
    ["how a number is written", { limit: "1" }, { limit: "1.0" }],
    ["how a document is written", { board: '{"a":1,"b":2}' }, { board: '{ "b": 2, "a": 1 }' }],
    [
      "an empty value in place of none",
      {},
      { tags: [], steps: [], compute: { percentiles: false } },
    ],
    ["what is never sent", { validate: true }, { validate: false }],
    ["what is left to the API", { zone: "UTC" }, {}],
    ["the notes of defaults", { __defaults: ["delay"] }, { __defaults: [] }],
    ["a default that a refresh dropped", {}, { delay: 300, __defaults: ["delay"] }],
    ["a threshold that is kept as an empty text", { limit: "" }, {}],
    ["a value that became secret", { name: "n" }, { name: new Secret("n") }],
  ];
  for (const [title, before, after] of equal) {
    it(`ignores ${title}`, () => {
      const changes = compareInputs(shape, { compute: {}, ...before }, { compute: {}, ...after });

      expect(changes).to.deep.equal([]);
    });
  }

  it("sees a threshold of zero, and a value that the program itself writes", () => {
    const changes = compareInputs(shape, {}, { limit: "0", delay: 300, __defaults: [] });

    expect(changes).to.deep.equal([
      { path: "limit", kind: "add" },
      { path: "delay", kind: "add" },
    ]);
  });

  it("marks what needs a new resource, at any depth", () => {
    const before = { name: "a", compute: { path: "x", percentiles: true } };
    const after = { name: "b", compute: { path: "y" } };

    expect(compareInputs(shape, before, after)).to.deep.equal([
      { path: "name", kind: "update", replace: true },
      { path: "compute.path", kind: "update", replace: true },
      { path: "compute.percentiles", kind: "delete" },
    ]);
  });

  it("names the changed item of a list, but only the whole of a set", () => {
    const before = { tags: ["a"], steps: [{ name: "1" }, { name: "2" }] };
    const after = { tags: ["a", "b"], steps: [{ name: "1" }, { name: "3" }, { name: "4" }] };

    expect(compareInputs(shape, before, after)).to.deep.equal([
      { path: "tags", kind: "update" },
      { path: "steps[1].name", kind: "update" },
      { path: "steps[2]", kind: "add" },
    ]);
  });

  it("sees a threshold of zero, and one that is gone", () => {
    expect(compareInputs(shape, { limit: "0" }, {})).to.deep.equal([
      { path: "limit", kind: "delete" },
    ]);
    expect(compareInputs(shape, {}, { limit: "0" })).to.deep.equal([
      { path: "limit", kind: "add" },
    ]);
  });

  it("counts a value that is not known yet as a change", () => {
    expect(compareInputs(shape, { name: "a" }, { name: UNKNOWN })).to.deep.equal([
      { path: "name", kind: "update", replace: true },
    ]);
  });
});

describe("readInputs", () => {
  const inputs = fc.record(
    {
      name: fc.string({ minLength: 1 }),
      tags: fc.uniqueArray(fc.string({ minLength: 1 })),
      limit: fc.integer().map(String),
      delay: fc.integer({ min: 1 }),
      steps: fc.array(fc.record({ name: fc.string({ minLength: 1 }), on: fc.boolean() })),
    },
    { requiredKeys: [] },
  );

  it("gives back the inputs of what is live as declared", () => {
    fc.assert(
      fc.property(inputs, (declared) => {
        const { inputs: checked } = checkInputs(shape, declared);
        const live: PropertyMap = { ...declared, delay: checked["delay"], zone: "UTC" };

        expect(readInputs(shape, live, checked)).to.deep.equal(checked);
      }),
    );
  });

  it("shows a change made by hand as one the program takes back", () => {
    const { inputs: declared } = checkInputs(shape, { name: "n" });
    const live = { name: "n", limit: "5", delay: 0, tags: ["new"] };

    const read = readInputs(shape, live, declared);

    expect(compareInputs(shape, read, declared)).to.deep.equal([
      { path: "tags", kind: "delete" },
      { path: "limit", kind: "delete" },
      { path: "delay", kind: "update" },
    ]);
    expect(read["__defaults"]).to.deep.equal([]);
  });

  it("keeps a secret secret when it drifted", () => {
    const read = readInputs(shape, { name: "changed" }, { name: new Secret("declared") });

    expect(read["name"]).to.deep.equal(new Secret("changed"));
  });

  it("reads what is imported without what is empty or at its default", () => {
    const live = {
      name: "n",
      tags: [],
      delay: 300,
      steps: [{ name: "s", on: false }],
      zone: "UTC",
    };

    expect(readInputs(shape, live, {})).to.deep.equal({
      __defaults: [],
      name: "n",
      steps: [{ __defaults: [], name: "s" }],
    });
  });
});
