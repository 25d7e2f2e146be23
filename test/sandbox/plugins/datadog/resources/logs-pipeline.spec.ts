// The bodies are those that the official plugin 5.8.0 sent for the same inputs.
import { expect } from "chai";
import type { JsonMap } from "../../../../../sandbox/plugins/datadog/api/json.ts";
import { created } from "../../../../../simulation/declared/sent-requests.ts";

const PIPELINE = "datadog:index/logsCustomPipeline:LogsCustomPipeline";

const grokRules = { supportRules: "", matchRules: "r %{data:msg}" };
const category = { name: "ERROR", filter: { query: "@error.kind:*" } };

describe("datadog:LogsCustomPipeline", () => {
  it("sends an omitted isEnabled as off, and omitted texts as empty", async () => {
    const inputs = {
      name: "omit",
      filters: [{ query: "x" }],
      processors: [
        { statusRemapper: { sources: ["level"] } },
        { pipeline: { name: "inner", filters: [{ query: "y" }], processors: [] } },
      ],
    };

    const requests = await created(PIPELINE, inputs, { id: "p" });

    expect(requests).to.deep.equal([
      {
        method: "POST",
        path: "/api/v1/logs/config/pipelines",
        body: {
          description: "",
          filter: { query: "x" },
          is_enabled: false,
          name: "omit",
          processors: [
            { is_enabled: false, name: "", sources: ["level"], type: "status-remapper" },
            {
              description: "",
              filter: { query: "y" },
              is_enabled: false,
              name: "inner",
              tags: [],
              type: "pipeline",
            },
          ],
          tags: [],
        },
      },
    ]);
  });

  it("sends every processor of the stack in the API's names", async () => {
    const common = { name: "n", isEnabled: true };
    const processors = [
      { grokParser: { ...common, source: "message", samples: ["a"], grok: grokRules } },
      { categoryProcessor: { ...common, target: "level", categories: [category] } },
      {
        attributeRemapper: {
          ...common,
          sources: ["a"],
          sourceType: "attribute",
          target: "b",
          targetType: "attribute",
          preserveSource: true,
          overrideOnConflict: false,
        },
      },
      { lookupProcessor: { ...common, source: "a", target: "b", lookupTables: ["k,v"] } },
    ];

    const inputs = { name: "p", isEnabled: true, filters: [{ query: "x" }], processors };
    const [request] = await created(PIPELINE, inputs, { id: "p" });

    const sent = { name: "n", is_enabled: true };
    expect((request?.body as JsonMap)["processors"]).to.deep.equal([
      {
        ...sent,
        type: "grok-parser",
        source: "message",
        samples: ["a"],
        grok: { support_rules: "", match_rules: "r %{data:msg}" },
      },
      { ...sent, type: "category-processor", target: "level", categories: [category] },
      {
        ...sent,
        type: "attribute-remapper",
        sources: ["a"],
        source_type: "attribute",
        target: "b",
        target_type: "attribute",
        preserve_source: true,
        override_on_conflict: false,
      },
      { ...sent, type: "lookup-processor", source: "a", target: "b", lookup_table: ["k,v"] },
    ]);
  });

  it("refuses an item that holds two processors", async () => {
    const two = { dateRemapper: { sources: ["a"] }, statusRemapper: { sources: ["a"] } };
    const inputs = { name: "p", filters: [{ query: "x" }], processors: [two] };

    const error = await created(PIPELINE, inputs).catch((thrown: unknown) => thrown);

    expect(String(error)).to.equal(
      "PluginError: an item of processors must hold one processor, got dateRemapper, statusRemapper",
    );
  });
});
