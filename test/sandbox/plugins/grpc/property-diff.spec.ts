import { expect } from "chai";
import fc from "fast-check";
import { diffValues, propertyPath } from "../../../../sandbox/plugins/grpc/property-diff.ts";
import { Secret } from "../../../../sandbox/plugins/grpc/property-value.ts";

describe("diffValues", () => {
  it("finds nothing between a value and itself", () => {
    const values = fc.jsonValue().filter((value) => value !== null) as fc.Arbitrary<never>;

    fc.assert(
      fc.property(values, (value) => {
        expect(diffValues(value, structuredClone(value))).to.deep.equal([]);
      }),
    );
  });

  it("names the changed item of a list by its path", () => {
    const before = { spec: { ports: [{ port: 80 }, { port: 81 }] } };
    const after = { spec: { ports: [{ port: 80 }, { port: 82 }, { port: 83 }] } };

    expect(diffValues(before, after)).to.deep.equal([
      { path: "spec.ports[1].port", kind: "update" },
      { path: "spec.ports[2]", kind: "add" },
    ]);
  });

  it("tells added, deleted and changed properties apart", () => {
    expect(diffValues({ a: 1, b: 1 }, { b: 2, c: 1 })).to.deep.equal([
      { path: "a", kind: "delete" },
      { path: "b", kind: "update" },
      { path: "c", kind: "add" },
    ]);
  });

  it("takes a value that only became secret for unchanged", () => {
    expect(diffValues({ key: "x" }, { key: new Secret("x") })).to.deep.equal([]);
    expect(diffValues({ key: new Secret("x") }, { key: "x" })).to.deep.equal([]);
  });

  it("reports a secret that changed without looking into it", () => {
    const before = { key: new Secret({ part: "x" }) };
    const after = { key: new Secret({ part: "y" }) };

    expect(diffValues(before, after)).to.deep.equal([{ path: "key", kind: "update" }]);
    expect(diffValues({ key: "x" }, { key: new Secret("y") })).to.deep.equal([
      { path: "key", kind: "update" },
    ]);
  });

  it("reports a change of type as one change", () => {
    expect(diffValues({ a: [1] }, { a: { b: 1 } })).to.deep.equal([{ path: "a", kind: "update" }]);
  });
});

describe("propertyPath", () => {
  it("quotes names that hold path characters", () => {
    const path = propertyPath(["metadata", "annotations", 'a.b/"c"', 0, "d"]);

    expect(path).to.equal('metadata.annotations["a.b/\\"c\\""][0].d');
  });
});
