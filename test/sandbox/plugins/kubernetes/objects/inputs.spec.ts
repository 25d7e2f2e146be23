import { expect } from "chai";
import fc from "fast-check";
import type { PropertyMap } from "../../../../../sandbox/plugins/grpc/property-value.ts";
import {
  inputsFromLive,
  inputsWithDrift,
  normalizeInputs,
} from "../../../../../sandbox/plugins/kubernetes/objects/inputs.ts";

describe("inputs for state", () => {
  it("leave out nulls and what only the server writes", () => {
    const inputs = {
      kind: "ConfigMap",
      metadata: { name: "x", uid: "u", resourceVersion: "1", labels: null },
      data: { a: "1", b: null },
    };

    expect(normalizeInputs(inputs)).to.deep.equal({
      kind: "ConfigMap",
      metadata: { name: "x" },
      data: { a: "1" },
    });
  });

  it("have a Secret's text as data, where it wins over data", () => {
    const secret = { kind: "Secret", data: { a: "b2xk", b: "Yg==" }, stringData: { a: "new" } };

    expect(normalizeInputs(secret)).to.deep.equal({
      kind: "Secret",
      data: { a: "bmV3", b: "Yg==" },
    });
  });

  it("keep stringData of other kinds", () => {
    const custom = { kind: "Thing", stringData: { a: "b" } };

    expect(normalizeInputs(custom)).to.deep.equal(custom);
  });

  it("of an import are everything a user could have written", () => {
    const live = {
      kind: "Deployment",
      metadata: {
        name: "x",
        uid: "u",
        managedFields: [],
        annotations: { "deployment.kubernetes.io/revision": "1" },
      },
      spec: { replicas: 1 },
      status: { replicas: 1 },
    };

    expect(inputsFromLive(live)).to.deep.equal({
      kind: "Deployment",
      metadata: { name: "x" },
      spec: { replicas: 1 },
    });
  });
});

describe("drift", () => {
  const inputs = { spec: { replicas: 1, cpu: "0.5", tags: [], ports: [{ port: 80 }] } };
  const recorded = {
    spec: { replicas: 1, cpu: "500m", ports: [{ port: 80, protocol: "TCP" }], limit: 10 },
  };
  const drift = (spec: PropertyMap) => inputsWithDrift(inputs, { recorded, now: { spec } });

  it("is none while the cluster is as recorded", () => {
    expect(drift(recorded.spec)).to.deep.equal(inputs);
  });

  it("is a value that somebody changed", () => {
    expect(drift({ ...recorded.spec, replicas: 3 })).to.deep.equal({
      spec: { ...inputs.spec, replicas: 3 },
    });
  });

  it("is a value that somebody removed", () => {
    const { cpu, ports, limit } = recorded.spec;

    expect(drift({ cpu, ports, limit })).to.deep.equal({
      spec: { cpu: "0.5", tags: [], ports: [{ port: 80 }] },
    });
  });

  it("is a changed value in a list, without the defaults beside it", () => {
    const ports = [{ port: 81, protocol: "TCP" }];

    expect(drift({ ...recorded.spec, ports })).to.deep.equal({
      spec: { ...inputs.spec, ports: [{ port: 81 }] },
    });
  });

  it("is not what the inputs never said", () => {
    expect(drift({ ...recorded.spec, limit: 20, more: true })).to.deep.equal(inputs);
  });

  it("is none for any object the cluster has not changed", () => {
    const json = fc.object({ values: [fc.string(), fc.integer()] }) as fc.Arbitrary<PropertyMap>;
    fc.assert(
      fc.property(json, json, (input, live) => {
        expect(inputsWithDrift(input, { recorded: live, now: live })).to.deep.equal(input);
      }),
    );
  });
});
