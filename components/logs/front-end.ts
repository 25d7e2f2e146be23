import { capture, type GrokSpec, grokParser, rule } from "./grok.ts";
import * as processors from "./processors.ts";

const colour = String.raw`(?:\x1b\[[0-9]+m)*`;
const orDash = (part: string) => `(?:${part}|-)`;

/** morgan's "dev" format. The API routes show a dash for the time: it is not known. */
const access: GrokSpec = {
  name: "access line",
  source: "message",
  samples: ["POST /orders 201 - ms - -", "GET /login 401 53.980 ms - 12"],
  rules: [
    rule(
      "morgan_dev",
      `${colour}${capture("[A-Z]+", "http.method")} %{notSpace:http.url} ${colour}` +
        `${orDash(capture("[0-9]{3}", "http.status_code"))} ${colour}` +
        `${orDash("%{number:duration:scale(1000000)}")} ms - ` +
        `${orDash("%{integer:network.bytes_written}")}${colour}`,
    ),
  ],
};

/** The order that orders answered with: its id where the build has one, and what it costs. */
const orderResponse: GrokSpec = {
  name: "order response",
  source: "message",
  samples: [
    'Order response: {"statusCode":201,"body":{"id":"6900953ac1f4320001b50703","total":19.99}}',
  ],
  rules: [
    rule(
      "order_response",
      'Order response: \\{"statusCode":%{integer:order.response_status},"body":\\{' +
        `(?:"id":"${capture("[0-9a-f]{24}", "order.id")}",)?.*"total":%{number:order.amount}.*`,
    ),
  ],
};

/** The front-end writes no time and no level. */
export const frontEndPipeline: processors.NestedPipeline = {
  name: "front-end",
  query: "source:nodejs-express",
  processors: [
    grokParser(access),
    grokParser(orderResponse),
    processors.categoryProcessor("level", "level", [
      ["error", "@http.status_code:5*"],
      ["warn", "@http.status_code:4*"],
      ["info", "@http.status_code:*"],
    ]),
    processors.statusRemapper("status", "level"),
  ],
};
