import { expect } from "chai";
import { logAnnotations } from "../../../components/agent/log-rules.ts";
import { serviceNames, type ServiceName } from "../../../components/shop/catalogue.ts";
import { readLogConfig } from "../../../sandbox/agent/log-config.ts";
import { createLogRules } from "../../../sandbox/agent/apply-log-rules.ts";
import { declaredLogs } from "../../support/logs/log-pipeline.ts";

const annotation = (service: ServiceName) =>
  logAnnotations(service, service)[`ad.datadoghq.com/${service}.logs`] ?? "";

function sent(service: ServiceName, ...lines: readonly string[]): string[] {
  const rules = createLogRules(readLogConfig(annotation(service)));
  const push = (text: string) => rules.push({ text, stream: "stdout", nanos: 0n });
  return [...lines.flatMap(push), ...rules.flush()].map(({ message }) => message);
}

const header = "2025-10-28 10:04:45.912 ERROR [orders,,,] 1 --- [nio-8080-exec-3] o.a.C : ";
const frame = "\tat java.lang.Thread.run(Thread.java:748)";

describe("the agent's rules for the shop", () => {
  for (const service of serviceNames) {
    it(`are taken by RE2 and name source and service for ${service}`, () => {
      const config = readLogConfig(annotation(service));

      expect(config.service).to.equal(`sock-shop-${service}`);
      expect(config.source).to.match(
        /^(spring-boot|go-kit|nodejs-express|mongodb|mysql|redis|rabbitmq)$/,
      );
    });
  }

  for (const set of ["weave", "quay", "status-fix"]) {
    it(`stand on the pods of the image set ${set}, under the containers' names`, async () => {
      const { annotations } = await declaredLogs({ "sock-shop:images": JSON.stringify({ set }) });

      expect(Object.fromEntries(annotations)).to.deep.equal(
        Object.fromEntries(serviceNames.map((service) => [service, annotation(service)])),
      );
    });
  }

  it("make one event of a line and the trace that its logger appended", () => {
    const lines = [`${header}with root cause`, "", "java.net.ConnectException: refused", frame, ""];

    expect(sent("orders", ...lines)).to.deep.equal([lines.slice(0, -1).join("\\n")]);
  });

  it("make events of their own of the traces that orders prints without a header", () => {
    const bare = ["java.util.concurrent.TimeoutException", frame];
    const wrapped = [
      "java.util.concurrent.ExecutionException: a.b.C: d",
      frame,
      "Caused by: a.b.C: d",
      "\t... 1 more",
    ];
    const reported = [
      `${header}with root cause`,
      "",
      "java.util.concurrent.TimeoutException: null",
      frame,
    ];

    expect(sent("orders", ...bare, ...wrapped, ...reported)).to.deep.equal(
      [bare, wrapped, reported].map((lines) => lines.join("\\n")),
    );
  });

  it("keep printed lines apart from the lines around them", () => {
    const lines = [
      `${header}x`,
      "Adding shipment to queue...",
      "Unable to add to queue (…)",
      `${header}y`,
    ];

    expect(sent("shipping", ...lines)).to.deep.equal(lines);
    expect(sent("queue-master", `${header}x`, "Received shipment task: 1")).to.have.length(2);
  });

  it("drop the banner of a start", () => {
    const banner = [
      "",
      "  .   ____          _            __ _ _",
      " =========|_|==============|___/=/_/_/_/",
      " :: Spring Boot ::        (v1.4.4.RELEASE)",
      "",
    ];

    expect(sent("orders", ...banner, `${header}x`)).to.deep.equal([`${header}x`]);
  });

  it("drop routine, and nothing that looks like it", () => {
    const health =
      "ts=2025-10-28T10:04:45.5Z caller=logging.go:36 method=Health result=1 took=13.5µs";

    expect(sent("user", health, health.replace("Health", "HealthCheck"))).to.have.length(1);
    expect(sent("catalogue", health)).to.deep.equal([]);
    expect(
      sent("user", " Card with links is [ {Card:{LongNum:4111111111111111", "method=PostCard"),
    ).to.deep.equal(["method=PostCard"]);
    expect(sent("front-end", "GET /health 404 5.663 ms - 19")).to.have.length(1);
    expect(
      sent(
        "orders-db",
        '{"s":"I",  "c":"STORAGE","msg":"WiredTiger message"}',
        '{"s":"E",  "msg":"WiredTiger message"}',
      ),
    ).to.deep.equal(['{"s":"E",  "msg":"WiredTiger message"}']);
    expect(
      sent(
        "user-db",
        "2025 I NETWORK  [conn1] end connection 10.0.0.1",
        "2025 I STORAGE  [conn1] x",
      ),
    ).to.have.length(1);
  });

  it("keep payment's health checks: without them silence would look like a quiet day", () => {
    expect(
      sent("payment", "ts=2025-10-28T10:04:45.5Z caller=logging.go:36 method=Health"),
    ).to.have.length(1);
  });

  it("take the colours off the front-end's lines", () => {
    expect(
      sent("front-end", "\u001b[0mPOST /orders \u001b[31m500 \u001b[0m- ms - -\u001b[0m"),
    ).to.deep.equal(["POST /orders 500 - ms - -"]);
  });
});
