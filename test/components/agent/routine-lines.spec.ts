import { expect } from "chai";
import type { ServiceName } from "../../../components/shop/catalogue.ts";
import { recordedLogs } from "../../support/logs/recorded-logs.ts";
import { sentLines } from "../../support/logs/agent-lines.ts";

// Proves which of the lines leave the cluster; MongoDB's lines and RabbitMQ's are written as public
// reports show them, those of the shop as its services print them.

const header = "2025-10-28 10:04:45.912  INFO [orders,,,] 1 --- [           main] o.a.C : ";
const banner = [
  "  .   ____          _            __ _ _",
  String.raw` /\\ / ___'_ __ _ _(_)_ __  __ _ \ \ \ \ `.trimEnd(),
  String.raw`( ( )\___ | '_ | '_| | '_ \/ _${"`"} | \ \ \ \ `.trimEnd(),
  String.raw` \\/  ___)| |_)| | | | | || (_| |  ) ) ) )`,
  "  '  |____| .__|_| |_|_| |_\\__, | / / / /",
  " =========|_|==============|___/=/_/_/_/",
  " :: Spring Boot ::        (v1.4.4.RELEASE)",
  "",
];
const kinds = ["join", "single"] as const;

describe("the banner of Spring Boot", () => {
  for (const beforeFirstMatch of kinds) {
    const sent = (lines: readonly string[]) => sentLines("orders", lines, { beforeFirstMatch });

    it(`is dropped as a whole by an Agent that starts with it (${beforeFirstMatch})`, () => {
      expect(sent(["", ...banner, `${header}x`])).to.deep.equal([`${header}x`]);
    });

    for (const [at, first] of banner.entries()) {
      it(`is dropped by an Agent that starts at its line ${at + 1} (${beforeFirstMatch})`, () => {
        expect(first).to.equal(banner[at]);
        expect(sent([...banner.slice(at), `${header}x`])).to.deep.equal([`${header}x`]);
      });
    }

    it(`takes no line of words with it (${beforeFirstMatch})`, () => {
      const lines = ["=====", "___ order ___", "/____/ 1"];

      expect(sent([...lines, `${header}x`]).join("\\n")).to.equal(
        [...lines, `${header}x`].join("\\n"),
      );
    });
  }
});

const conn = "10.244.1.1:49094";
const mongo = (msg: string, severity = "I") =>
  `{"t":{"$date":"2025-10-28T10:04:45.159+00:00"},"s":"${severity}",  "c":"NETWORK",  ` +
  `"id":22944,   "ctx":"conn89","msg":"${msg}","attr":{"remote":"${conn}","connectionCount":0}}`;
const rabbit = (text: string, level = "info") =>
  `2025-10-28 10:04:45.912345+00:00 [${level}] <0.751.0> ${text}`;
const redis = (text: string, symbol = "*") => `1:M 28 Oct 2025 10:04:45.912 ${symbol} ${text}`;
const customer = "68f35c679c10d300018b7000";

/** What each service prints: what nobody counts, and what looks like it and stays. */
const cases: readonly (readonly [ServiceName, dropped: string[], sent: string[]])[] = [
  [
    "orders-db",
    ["Connection accepted", "Connection ended", "client metadata", "WiredTiger message"].map(
      (msg) => mongo(msg),
    ),
    [
      mongo("Waiting for connections"),
      mongo("Slow query"),
      mongo("Connection ended", "E"),
      mongo("Error receiving request from client, ending connection from remote"),
    ],
  ],
  [
    "user-db",
    [
      `I NETWORK  [listener] connection accepted from ${conn} #8 (13 connections now open)`,
      `I NETWORK  [thread1] connection accepted from ${conn} #8 (1 connection now open)`,
      `I NETWORK  [conn8] end connection ${conn} (12 connections now open)`,
      `I -        [conn8] end connection ${conn} (12 connections now open)`,
      `I NETWORK  [conn8] received client metadata from ${conn} conn8: { driver: {} }`,
    ].map((text) => `2025-10-28T10:04:45.912+0000 ${text}`),
    [
      "I NETWORK  [listener] waiting for connections on port 27017",
      "E STORAGE  [conn8] end connection",
      "I COMMAND  [conn8] command users.customers command: find",
    ].map((text) => `2025-10-28T10:04:45.912+0000 ${text}`),
  ],
  [
    "rabbitmq",
    [
      rabbit(`accepting AMQP connection <0.751.0> (${conn} -> 10.244.2.7:5672)`),
      rabbit(`connection <0.751.0> (${conn} -> 10.244.2.7:5672): user 'guest' authenticated and `) +
        "granted access to vhost '/'",
      rabbit(`closing AMQP connection <0.751.0> (${conn} -> 10.244.2.7:5672, vhost: '/')`),
      rabbit("Feature flags:   [x] stream_queue"),
      rabbit("Running boot step rabbit_alarm defined by app rabbit"),
    ],
    [
      rabbit("Server startup complete; 4 plugins started."),
      rabbit(`closing AMQP connection <0.751.0> (${conn} -> 10.244.2.7:5672):`, "warning"),
      rabbit("client unexpectedly closed TCP connection", "warning"),
      rabbit(`closing AMQP connection <0.751.0> (${conn}): {handshake_timeout,handshake}`, "error"),
      rabbit("memory resource limit alarm set on node rabbit@rabbitmq.", "info"),
    ],
  ],
  [
    "session-db",
    [
      redis("100 changes in 300 seconds. Saving..."),
      redis("Background saving started by pid 10"),
      redis("Background saving terminated with success"),
      "10:C 28 Oct 2025 10:04:45.912 * DB saved on disk",
    ],
    [redis("Ready to accept connections tcp"), redis("Background saving error", "#")],
  ],
  [
    "front-end",
    [
      "Request received: /cart, undefined",
      'Request received with body: {"a":1}',
      "Received login request",
      `Customer ID: ${customer}`,
      customer,
      "401",
      'Attempting to add to cart: {"id":"03fef6ac-1896-4ce8-bd69-b798f85c6e0b"}',
      `Attempting to delete cart for user: ${customer}`,
      `POST to carts: http://carts/carts/${customer}/items body: {"itemId":"1","unitPrice":9.5}`,
      `GET Request to: http://user/customers/${customer}/cards`,
      `Posting Order: {"customer":"http://user/customers/${customer}","card":"http://user/cards/1"}`,
      'Posting Card: {"longNum":"4111111111111111","expires":"12/30","ccv":"123"}',
      String.raw`Received response: "{\n  \"_embedded\" : {\n    \"card\" : [ ]\n  }\n}"`,
      `Order response: {"id":"${customer}","total":9.5}`,
      'Order response: {"timestamp":1761645885912,"status":500,"error":"Internal Server Error"}',
      '{"id":"03fef6ac-1896-4ce8-bd69-b798f85c6e0b","name":"Holy","price":99.99}',
      '{"user":{"firstName":"User","lastName":"Name"}}',
      "[ undefined, undefined ]",
      `Merging carts for customer id: ${customer} and session id: abc`,
      "Carts merged.",
      "Sent cookies.",
    ],
    [
      "POST /orders 201 - ms - -",
      "GET /login 401 53.980 ms - 12",
      `Order response: {"statusCode":201,"body":{"id":"${customer}","total":9.5}}`,
      'Order response: {"statusCode":500,"body":{"status":500,"message":"Payment declined"}}',
      "Error with log in: true",
      "User cart deleted with status: 202",
      '{"error":"Do: not found","status_code":500,"status_text":"Internal Server Error"}',
      '{"level":50,"msg":"Customer ID: 1"}',
      "Order response: undefined",
      "4011",
      "TypeError: Cannot read property 'id' of undefined",
      "App now running in production mode on port 8079",
    ],
  ],
];

describe("routine lines", () => {
  for (const [service, dropped, kept] of cases) {
    for (const beforeFirstMatch of kinds) {
      it(`of ${service} are dropped, each one (${beforeFirstMatch})`, () => {
        expect(sentLines(service, dropped, { beforeFirstMatch })).to.deep.equal([]);
        for (const line of dropped) expect(sentLines(service, [line]), line).to.deep.equal([]);
      });

      it(`of ${service} take no other line with them (${beforeFirstMatch})`, () => {
        const lines = kept.flatMap((line, index) => [dropped[index % dropped.length] ?? "", line]);

        expect(sentLines(service, lines, { beforeFirstMatch })).to.deep.equal(kept);
      });
    }
  }

  it("of front-end are dropped with the empty lines behind them", () => {
    expect(sentLines("front-end", ['{"user":{"firstName":"A"}}', "", "", "x"])).to.deep.equal([
      "x",
    ]);
  });

  it("of front-end leave a stack that follows one of them", () => {
    const lines = ["Customer ID: 1", "    at Request._callback (/usr/src/app/index.js:64:35)"];

    expect(sentLines("front-end", lines)).to.deep.equal([lines.join("\\n")]);
  });
});

/** Lines that are counted, searched or shown: by pipelines, monitors, dashboards or the runbook. */
const business = {
  "front-end": new RegExp(
    String.raw`\b(?:GET|POST|DELETE|PATCH|PUT) /\S* (?:\d{3}|-) |` +
      String.raw`Order response: \{"statusCode"|^(?:[A-Z]\w*)?Error\b|npm |deprecated|^App now`,
  ),
  orders:
    /Received payment response|Sending payment request|\b(?:ERROR|WARN)\b|Order created|shipped/,
  shipping: /Adding shipment|Unable to add|\b(?:ERROR|WARN)\b/,
  "queue-master": /Received shipment task|\b(?:ERROR|WARN)\b/,
  carts: /\b(?:ERROR|WARN)\b/,
  payment: /method=/,
  user: /method=(?!Health)|level=|err(?:or)?=/,
  catalogue: /method=(?!Health)|level=|err(?:or)?=/,
  rabbitmq: /\[(?:warning|error|critical|notice)\]|Server startup complete|TCP listener/,
  "session-db": / # |Ready to accept/,
  "orders-db": /created (?:database|collection)/,
  "carts-db": /created (?:database|collection)/,
  "user-db": /created (?:database|collection)/,
} as const satisfies Partial<Record<ServiceName, RegExp>>;

const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

describe("routine lines of recorded services", () => {
  const files = recordedLogs();

  before(function () {
    if (files.length === 0) {
      console.log("      skipped: no recorded logs beside this checkout");
      this.skip();
    }
  });

  for (const beforeFirstMatch of kinds) {
    it(`take no business line with them (${beforeFirstMatch})`, () => {
      let seen = 0;
      for (const [service, what] of Object.entries(business) as [ServiceName, RegExp][]) {
        const lines = files
          .filter((file) => file.service === service)
          .flatMap((it) => it.lines.map((line) => line.replaceAll(colours, "")));
        const wanted = lines.filter((line) => what.test(line)).length;
        // An event may be several of them, which the Agent joined.
        const sent = sentLines(service, lines, { beforeFirstMatch }).flatMap((event) =>
          event.split("\\n"),
        );
        seen += wanted;

        expect(sent.filter((line) => what.test(line)).length, service).to.equal(wanted);
      }
      expect(seen).to.be.greaterThan(files.length === 0 ? -1 : 500);
    });
  }

  it("are more than half of what front-end and RabbitMQ print on stdout", () => {
    for (const service of ["front-end", "rabbitmq"] as const) {
      const lines = files
        .filter(({ file }) => file === `built/${service}.out`)
        .flatMap((it) => it.lines);
      const printed = lines.filter((line) => line.trim() !== "").length;

      expect(sentLines(service, lines).length, service).to.be.lessThan(printed / 2);
    }
  });
});
