import { existsSync, readFileSync } from "node:fs";
import { expect } from "chai";
import {
  manifestOf,
  readState,
  resourceName,
  resourceType,
} from "../../../cli/pulumi/state-file.ts";

const stack = { type: "pulumi:pulumi:Stack", outputs: { incident: "none" } };
const operation = { type: "creating", resource: { urn: "urn:a", type: "b" } };
const latest = { resources: [stack], pending_operations: [operation] };

describe("the state of a stack", () => {
  it("is read alike from the file backend and from an export", () => {
    const file = readState(JSON.stringify({ version: 3, checkpoint: { stack: "x", latest } }));
    const exported = readState(JSON.stringify({ version: 3, deployment: latest }));

    expect(exported).to.deep.equal(file);
    expect(file.resources).to.deep.equal([{ ...stack, urn: "", inputs: {} }]);
    expect(file.operations).to.deep.equal([
      { type: "creating", resource: { urn: "urn:a", type: "b", inputs: {}, outputs: {} } },
    ]);
  });

  for (const text of [
    "{}",
    '{"checkpoint":{"latest":null}}',
    '{"deployment":{"resources":null}}',
  ]) {
    it(`has nothing in ${text}`, () => {
      expect(readState(text)).to.deep.equal({ resources: [], operations: [] });
    });
  }

  for (const [text, reason] of [
    ["", "is empty; write it with: pulumi stack export"],
    ["\n", "is empty; write it with: pulumi stack export"],
    ['{"checkpoint":{', "is cut off or not JSON; write it with: pulumi stack export"],
    ["[]", "is not a state of Pulumi: Invalid input: expected object, received array"],
    ['{"deployment":{"resources":[{"urn":1,"type":"a"}]}}', "is not a state of Pulumi: deployment"],
  ] as const) {
    it(`refuses ${JSON.stringify(text)} in one line`, () => {
      expect(() => readState(text, "x.json")).to.throw(new RegExp(`^x\\.json ${reason}`));
    });
  }

  it("is read as the official engine and plugins leave it", function () {
    const file = new URL("../../../../shared/facts/real-state.json", import.meta.url);
    if (!existsSync(file)) {
      console.log("      not tried: ../shared/facts/real-state.json is not there");
      return this.skip();
    }
    const { resources } = readState(readFileSync(file, "utf8"));

    expect(resources).not.to.deep.equal([]);
    for (const { urn, type } of resources) {
      expect(resourceType(urn) || type).to.equal(type);
      expect(resourceName(urn)).not.to.equal("");
    }
  });
});

describe("a Kubernetes object in a state", () => {
  it("keeps what can be read beside what cannot", () => {
    const secret = { ciphertext: "x" };

    expect(
      manifestOf({
        metadata: { name: "payment", annotations: secret },
        spec: { replicas: secret },
      }),
    ).to.deep.equal({
      metadata: { name: "payment", annotations: { ciphertext: "x" } },
      spec: { replicas: undefined },
    });
    expect(manifestOf({ metadata: secret, spec: { replicas: 2 } })).to.deep.equal({
      metadata: {},
      spec: { replicas: 2 },
    });
  });
});
