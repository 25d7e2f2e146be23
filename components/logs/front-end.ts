import { capture, type GrokSpec, grokParser, rule } from "./grok.ts";
import * as processors from "./processors.ts";

const orDash = (part: string) => `(?:${part}|-)`;

/**
 * morgan's "dev" format, whose colours the Agent takes away. The API routes show a dash for the
 * time: it is not known.
 */
const access: GrokSpec = {
  name: "access line",
  source: "message",
  samples: ["POST /orders 201 - ms - -", "GET /login 401 53.980 ms - 12"],
  rules: [
    rule(
      "morgan_dev",
      `${capture("[A-Z]+", "http.method")} %{notSpace:http.url} ` +
        `${orDash("%{integer:http.status_code}")} ` +
        `${orDash("%{number:duration:scale(1000000)}")} ms - ` +
        orDash("%{integer:network.bytes_written}"),
    ),
  ],
};

/** Attribute that holds the first part of a path, where that is one of the shop's own. */
const route = "http.route";

/** First parts of the paths of the front-end's API: as tags of metrics, each is billed. */
const routes = [
  "address",
  "addresses",
  "card",
  "cards",
  "cart",
  "catalogue",
  "customers",
  "login",
  "orders",
  "register",
  "tags",
];

/** Never a path as it was asked for: anybody may ask for anything, and ids stand in them. */
const routeOfPath: GrokSpec = {
  name: "route",
  source: "http.url",
  samples: ["/orders", "/catalogue/510a0d7e-8e83-4193-b483-e27e09ddc34d", "/cart?size=3"],
  rules: [rule("route", `${capture(`/(?:${routes.join("|")})`, route)}(?:[/?#].*)?`)],
};

const answered = 'Order response: \\{"statusCode":%{integer:order.response_status},"body":\\{';

/** What orders answered: the order's id where the build has one, its price, or why it failed. */
const orderResponse: GrokSpec = {
  name: "order response",
  source: "message",
  samples: [
    'Order response: {"statusCode":201,"body":{"id":"6900953ac1f4320001b50703","total":19.99}}',
    'Order response: {"statusCode":500,"body":{"status":500,"message":"Payment service down"}}',
  ],
  rules: [
    rule(
      "order_response",
      `${answered}(?:"id":"${capture("[0-9a-f]{24}", "order.id")}",)?.*` +
        '"total":%{number:order.amount}.*',
    ),
    rule(
      "order_response_failed",
      `${answered}.*"message":"${capture('[^"]*', "order.failure_reason")}".*`,
    ),
  ],
};

/** What Node.js and npm print when something breaks: the error's class, its text and its stack. */
const errors: GrokSpec = {
  name: "errors",
  source: "message",
  samples: [
    "TypeError: Cannot read property 'id' of undefined\n    at Request._callback (index.js:64:35)",
    "(node:1) DeprecationWarning: Buffer() is deprecated",
    "npm ERR! code ELIFECYCLE",
  ],
  rules: [
    rule("npm", `npm ${capture("ERR!|WARN|notice|info|http|verb", "level")}[\\s\\S]*`),
    rule(
      "node_warning",
      `\\(node:[0-9]+\\) (?:\\[\\w+\\] )?${capture("[A-Z]\\w*Warning", "warning.kind")}: [\\s\\S]*`,
    ),
    rule(
      "node_error",
      `(?:Uncaught )?${capture("(?:[A-Z]\\w*)?(?:Error|Exception)", "error.kind")}(?: \\[\\w+\\])?` +
        `(?:: ${capture("[^\\n]*", "error.message")})?(?:\\n${capture("[\\s\\S]*", "error.stack")})?`,
    ),
  ],
};

/** The front-end writes no time and no level. */
export const frontEndPipeline: processors.NestedPipeline = {
  name: "front-end",
  query: "source:nodejs-express",
  processors: [
    grokParser(access),
    grokParser(routeOfPath),
    processors.categoryProcessor("other routes", route, [["other", `@http.method:* -@${route}:*`]]),
    grokParser(orderResponse),
    grokParser(errors),
    processors.categoryProcessor("level", "level", [
      [
        "error",
        "@http.status_code:>=500 OR @order.response_status:>=500 OR @error.kind:* OR " +
          "@warning.kind:UnhandledPromise* OR @level:ERR*",
      ],
      ["warn", "@http.status_code:>=400 OR @warning.kind:*"],
      ["info", "@http.status_code:*"],
    ]),
    processors.statusRemapper("status", "level"),
  ],
};
