import { expect } from "chai";
import { problemsOf } from "../support/problems.ts";
import { resource } from "../support/policies/rule-case.ts";

describe("an entity of the Software Catalog", () => {
  const type = "datadog:index/softwareCatalog:SoftwareCatalog";
  const judged = (text: unknown) =>
    problemsOf("catalog-entities", [resource(type, "e", { entity: text })]);
  const system = (more: object) =>
    JSON.stringify({ apiVersion: "v3", kind: "system", metadata: { name: "s", ...more } });

  it("has an owner, and names what is declared alone", () => {
    expect(judged(system({ owner: "a" }))).to.deep.equal([]);
    expect(judged(system({}))).to.deep.equal(["e: it has no owner."]);
    const spec = { components: ["service:gone"] };
    const text = JSON.stringify({ kind: "system", metadata: { name: "s", owner: "a" }, spec });
    expect(judged(text)).to.deep.equal(["e: it names service:gone, which is not declared."]);
  });

  it("is a service that runs", () => {
    const text = JSON.stringify({ kind: "service", metadata: { name: "old", owner: "a" } });

    expect(judged(text)).to.deep.equal(["e: nothing runs service old."]);
  });

  it("is JSON, which the rules read", () => {
    expect(judged("kind: service")).to.deep.equal([
      "e: its entity is no JSON, which these rules read.",
    ]);
  });
});
