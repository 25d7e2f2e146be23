import { flag, list, object, set, text, type Shape } from "../inputs/shape.ts";

/** How one kind of processor is written in a program and in the API. */
export interface Processor {
  /** `type` of the API. */
  readonly type: string;
  readonly shape: Shape;
}

const common: Shape = { name: text(), isEnabled: flag() };
const source = text({ required: true });
const target = text({ required: true });
const sources = list(text(), { required: true });
const remapper = (type: string): Processor => ({ type, shape: { ...common, sources } });

const filter = object({ query: text({ required: true }) }, { required: true });

/** The processors that can stand in a nested pipeline too, by their name in @pulumi/datadog. */
const flat = {
  arithmeticProcessor: {
    type: "arithmetic-processor",
    shape: { ...common, expression: text({ required: true }), target, isReplaceMissing: flag() },
  },
  attributeRemapper: {
    type: "attribute-remapper",
    shape: {
      ...common,
      sources,
      sourceType: text({ required: true, oneOf: ["attribute", "tag"] }),
      target,
      targetType: text({ required: true, oneOf: ["attribute", "tag"] }),
      targetFormat: text({ oneOf: ["auto", "string", "integer", "double"] }),
      preserveSource: flag(),
      overrideOnConflict: flag(),
    },
  },
  categoryProcessor: {
    type: "category-processor",
    shape: {
      ...common,
      target,
      categories: list(object({ name: text({ required: true }), filter }), { required: true }),
    },
  },
  dateRemapper: remapper("date-remapper"),
  geoIpParser: { type: "geo-ip-parser", shape: { ...common, sources, target } },
  grokParser: {
    type: "grok-parser",
    shape: {
      ...common,
      source,
      samples: list(text()),
      grok: object(
        { supportRules: text({ required: true }), matchRules: text({ required: true }) },
        { required: true },
      ),
    },
  },
  lookupProcessor: {
    type: "lookup-processor",
    shape: {
      ...common,
      source,
      target,
      lookupTables: list(text(), { required: true }),
      defaultLookup: text(),
    },
  },
  messageRemapper: remapper("message-remapper"),
  serviceRemapper: remapper("service-remapper"),
  spanIdRemapper: remapper("span-id-remapper"),
  statusRemapper: remapper("status-remapper"),
  stringBuilderProcessor: {
    type: "string-builder-processor",
    shape: { ...common, template: text({ required: true }), target, isReplaceMissing: flag() },
  },
  traceIdRemapper: remapper("trace-id-remapper"),
  urlParser: {
    type: "url-parser",
    shape: { ...common, sources, target, normalizeEndingSlashes: flag() },
  },
  userAgentParser: {
    type: "user-agent-parser",
    shape: { ...common, sources, target, isEncoded: flag() },
  },
} satisfies Readonly<Record<string, Processor>>;

const pipelineOf = (processors: Readonly<Record<string, Processor>>): Shape => ({
  name: text({ required: true }),
  isEnabled: flag(),
  description: text(),
  tags: set(text()),
  filters: list(object({ query: text({ required: true }) }), { required: true }),
  processors: list(
    object(
      Object.fromEntries(
        Object.entries(processors).map(([name, { shape }]) => [name, object(shape)]),
      ),
    ),
  ),
});

/** Every processor by its name in @pulumi/datadog; pipelines nest one level deep. */
export const processors: Readonly<Record<string, Processor>> = {
  ...flat,
  pipeline: { type: "pipeline", shape: pipelineOf(flat) },
};

export const pipelineShape: Shape = pipelineOf(processors);
