import { flag, list, map, number, object, set, text, whole, type Shape } from "../inputs/shape.ts";

const assertion = object({
  type: text({ required: true }),
  operator: text(),
  target: text(),
  property: text(),
  targetjsonpath: object({
    jsonpath: text({ required: true }),
    operator: text({ required: true }),
    targetvalue: text(),
  }),
});

const step = object({
  id: text({ computed: true }),
  name: text({ required: true }),
  subtype: text({ default: "http", oneOf: ["http"] }),
  assertions: list(assertion),
  extractedValues: list(
    object({
      name: text({ required: true }),
      type: text({ required: true, oneOf: ["http_header", "http_body", "http_status_code"] }),
      field: text(),
      secure: flag(),
      parser: object(
        {
          type: text({ required: true, oneOf: ["raw", "json_path", "regex"] }),
          value: text(),
        },
        { required: true },
      ),
    }),
  ),
  allowFailure: flag(),
  isCritical: flag(),
  requestBasicauth: object({
    type: text({ default: "web", oneOf: ["web"] }),
    username: text(),
    password: text(),
  }),
  requestHeaders: map(),
  requestDefinition: object({
    method: text(),
    url: text(),
    body: text(),
    bodyType: text(),
    timeout: number(),
  }),
  retry: object({ count: whole({ default: 0 }), interval: number({ default: 300 }) }),
});

/** Inputs of `SyntheticsTest`, as far as an API test of several steps has them. */
export const syntheticsShape: Shape = {
  name: text({ required: true }),
  type: text({ required: true, replace: true, oneOf: ["api"] }),
  subtype: text({ replace: true, oneOf: ["multi"] }),
  status: text({ required: true, oneOf: ["live", "paused"] }),
  locations: set(text(), { required: true }),
  message: text({ default: "" }),
  tags: list(text()),
  configVariables: list(
    object({
      name: text({ required: true }),
      type: text({ required: true, oneOf: ["text"] }),
      pattern: text(),
      example: text(),
    }),
  ),
  apiSteps: list(step, { required: true }),
  optionsList: object({
    tickEvery: whole({ required: true }),
    minFailureDuration: whole(),
    minLocationFailed: whole({ default: 1 }),
    monitorName: text(),
    monitorPriority: whole(),
    retry: object({ count: whole({ default: 0 }), interval: number({ default: 300 }) }),
    monitorOptions: object({ renotifyInterval: whole(), renotifyOccurrences: whole() }),
  }),
};
