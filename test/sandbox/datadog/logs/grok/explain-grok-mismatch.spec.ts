import { expect } from "chai";
import {
  grokParts,
  whereGrokStops,
} from "../../../../../sandbox/datadog/logs/grok/explain-grok-mismatch.ts";
import { vrlEngine } from "../../../../support/logs/vrl-engine.ts";

describe("grokParts", () => {
  it("keeps references, groups, classes and quantifiers whole", () => {
    expect(
      grokParts(String.raw`a%{regex("[^}\"]*"):b.c}(?:x(y)[)]|z)?\s+[^]\]]{2,3}d`),
    ).to.deep.equal([
      "a",
      String.raw`%{regex("[^}\"]*"):b.c}`,
      "(?:x(y)[)]|z)?",
      String.raw`\s+`,
      String.raw`[^]\]]{2,3}`,
      "d",
    ]);
  });

  it("loses nothing of what is no pattern", () => {
    for (const text of ["(", "%{", "[", "\\", "a)b", '%{regex("', ""]) {
      expect(grokParts(text).join("")).to.equal(text);
    }
  });
});

describe("whereGrokStops", () => {
  const engine = vrlEngine();

  it("names the rule that came farthest, the part that fails, and what is left", async () => {
    const definition = {
      support_rules: "_level %{word:level}",
      match_rules: ["short x%{integer:n}", "long %{_level} \\[%{word:app}\\] %{integer:n}"].join(
        "\n",
      ),
    };

    expect(await whereGrokStops(definition, "INFO [orders,,,] 1", engine())).to.deep.equal({
      rule: "long",
      part: "\\]",
      rest: ",,,] 1",
    });
  });

  it("says nothing where no rule even begins to match", async () => {
    const definition = { match_rules: "one a b" };

    expect(await whereGrokStops(definition, "z", engine())).to.equal(undefined);
  });
});
