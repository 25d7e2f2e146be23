import { readFileSync } from "node:fs";
import { expect } from "chai";
import { parseAllDocuments } from "yaml";
import { imagePattern, processImages } from "../../../sandbox/host/real-program-images.ts";

interface Stage {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly resourceRef: { readonly kind: string };
    readonly selector: {
      readonly matchExpressions: readonly { readonly key: string; readonly operator: string }[];
    };
  };
}

const url = new URL("../../../sandbox/cluster/stages.yaml", import.meta.url);
const stages = parseAllDocuments(readFileSync(url, "utf8")).map((doc) => doc.toJS() as Stage);

/** How a stage asks for images that run as a process: `In`, `NotIn` or not at all. */
function onImages({ spec }: Stage): string | undefined {
  return spec.selector.matchExpressions.find(({ key }) => key.includes("image"))?.operator;
}

describe("kwok's stages", () => {
  it("leave to the shop whether a pod with a process of its own runs and has ended", () => {
    const pods = stages.filter(({ spec }) => spec.resourceRef.kind === "Pod");

    expect(pods.map((stage) => [stage.metadata.name, onImages(stage)])).to.deep.equal([
      ["pod-ready", "NotIn"],
      ["pod-awaits-its-process", "In"],
      ["pod-complete", "NotIn"],
      ["pod-delete", undefined],
    ]);
  });

  it("know the same images as the shop", () => {
    const images = Object.values(processImages).join("|");
    const keys = stages.flatMap(({ spec }) =>
      spec.selector.matchExpressions.flatMap(({ key }) => (key.includes("image") ? [key] : [])),
    );

    expect(new Set(keys)).to.deep.equal(
      new Set([`.spec.containers.[0].image | test("${imagePattern(`(${images})`)}")`]),
    );
  });
});
