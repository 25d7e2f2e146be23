import { expect } from "chai";
import { attributeAt, type LogEvent } from "../../../sandbox/datadog/logs/log-event.ts";
import {
  agentEvents,
  arrival,
  declaredLogs,
  type DeclaredLogs,
  throughPipelines,
} from "../../support/logs/log-pipeline.ts";
import { vrlEngine } from "../../support/logs/vrl-engine.ts";

// What services print besides their usual lines goes the whole way: rules of the pods, intake,
// pipelines of the stack. The lines are ours, in the formats that JVMs, Node.js and Go document.

const id = "6900953ac1f4320001b50703";
const boot = (text: string, level = "INFO") =>
  `2025-10-28 10:04:45.548 ${level.padStart(5)} [orders,3a80d1695a022d3d,baf9a0fc4bff5c8b,false] ` +
  `1 --- [nio-8080-exec-3] w.w.s.o.controllers.OrdersController     : ${text}`;
const paid = boot("Received payment response: PaymentResponse{authorised=true, message=ok}");
const shipped = boot(`Order ${id} shipped successfully`);

describe("lines that are not the usual ones", () => {
  const engine = vrlEngine();
  let declared: DeclaredLogs;

  before(async function () {
    this.timeout(30_000);
    declared = await declaredLogs();
  });

  const read = (
    service: string,
    lines: readonly string[],
    stream: "stdout" | "stderr" = "stdout",
  ) =>
    Promise.all(
      agentEvents(declared, service, lines.join("\n"), stream).map(async (event) => {
        const log = arrival(declared, service, event, Date.parse("2025-10-28T10:10:00Z"));
        return (await throughPipelines(declared, log, engine())).event;
      }),
    );
  const at = (log: LogEvent | undefined, path: string) => attributeAt(log?.attributes ?? {}, path);

  const printedByJvm: readonly (readonly [what: string, lines: readonly string[]])[] = [
    ["the collector's lines", ["[7.031s][info][gc] GC(1) Pause Young (Normal) 20M->5M(64M) 2.1ms"]],
    ["those of Java 8", ["[GC (Allocation Failure)  24M->6M(64M), 0.0034560 secs]"]],
    ["Hibernate's statements", ["Hibernate: insert into orders (id) values (?)"]],
    [
      "a thread dump",
      ["2025-10-28 10:04:46", "Full thread dump OpenJDK 64-Bit Server VM (17):", ""],
    ],
    ["a crash", ["#", "# A fatal error has been detected by the Java Runtime Environment:", "#"]],
    ["java.util.logging", ["Oct 28, 2025 10:04:45 AM a.b.Service start", "WARNING: slow"]],
    ["a blank line", [""]],
    ["a line of nobody's", ["progress 50 %"]],
  ];
  for (const [what, lines] of printedByJvm) {
    it(`leave an order its facts when ${what} follow`, async () => {
      const logs = await read("orders", [paid, ...lines, shipped, ...lines]);

      expect(logs.map((log) => at(log, "order.id"))).to.include(id);
      expect(logs.filter((log) => at(log, "order.outcome") === "placed")).to.have.length(2);
    });
  }

  const statuses: readonly (readonly [string, string, string, string])[] = [
    ["orders", "Picked up JAVA_TOOL_OPTIONS: -Xmx128m", "info", "jvm"],
    ["orders", "OpenJDK 64-Bit Server VM warning: Sharing is off", "warn", "jvm"],
    ["orders", "Terminating due to java.lang.OutOfMemoryError: Java heap space", "error", "jvm"],
    ["orders", "[dd.trace 2025-10-28 10:04:45:548 +0000] [main] WARN a.b.C - off", "warn", "a.b.C"],
    ["orders", 'Exception in thread "main" java.lang.OutOfMemoryError: x', "error", "System.err"],
  ];
  for (const [service, line, status, logger] of statuses) {
    it(`have the status ${status} on stderr: ${line.slice(0, 40)}`, async () => {
      const [log] = await read(service, [line], "stderr");

      expect([log?.status, at(log, "logger.name")]).to.deep.equal([status, logger]);
    });
  }

  const headers = [
    `2025-10-28T11:04:45.548+01:00  WARN [shop,${"a1".repeat(16)},${"b2".repeat(8)}] 1 --- [main] a.B : x`,
    "2025-10-28 10:04:45.548 trace_id=0a1b span_id=0c trace_flags=01 WARN 1 --- [main] a.B : x",
    "2025-10-28 10:04:45,548  WARN 1 --- [main] a.B : x",
    "\u001b[2m2025-10-28 10:04:45.548\u001b[0;39m \u001b[33m WARN\u001b[0;39m 1 --- [main] a.B : x\r",
    "2025-10-28T10:04:45.548Z  WARN 1 --- [shop] [               ] a.B : x",
    "2025-10-28T10:04:45.548Z  WARN 1 --- [shop] [ Pool[shop]-1] a.B : x",
    '{"@timestamp":"2025-10-28T10:04:45.548Z","log":{"level":"WARN","logger":"a.B"},"message":"x"}',
    '{"@timestamp":"2025-10-28T10:04:45.548Z","level":"WARN","logger_name":"a.B","message":"x"}',
  ];
  for (const line of headers) {
    it(`are read with time, level, logger and text: ${line.slice(0, 60).trim()}`, async () => {
      const [log, ...more] = await read("carts", [line]);

      expect(more).to.deep.equal([]);
      expect([log?.timestamp, log?.status, at(log, "logger.name"), log?.message]).to.deep.equal([
        Date.parse("2025-10-28T10:04:45.548Z"),
        "warn",
        "a.B",
        "x",
      ]);
    });
  }

  it("make events of JSON lines that follow a console line", async () => {
    const json =
      '{"level":"ERROR","message":"no","stack_trace":"a.b.CException: d\\n\\tat a.B.c(B.java:1)"}';
    const logs = await read("orders", [shipped, json, json]);

    expect(logs.map(({ status, message }) => [status, message])).to.deep.equal([
      ["info", `Order ${id} shipped successfully`],
      ["error", "no"],
      ["error", "no"],
    ]);
    expect(at(logs[1], "error.kind")).to.equal("a.b.CException");
  });

  it("find an exception whose text is longer than any bound, and one without frames", async () => {
    const long = `a.b.CException: ${"nested; ".repeat(900)}`;
    const [first] = await read("orders", [
      boot("failed", "ERROR"),
      "",
      long,
      "\tat a.B.c(B.java:1)",
    ]);
    const [second] = await read("orders", [boot("failed", "ERROR"), "", "a.b.DException: null"]);

    expect(at(first, "error.kind")).to.equal("a.b.CException");
    expect(at(second, "error.kind")).to.equal("a.b.DException");
  });

  it("keep the Agent's time where go-kit prints whole seconds", async () => {
    const line = (ts: string) => [`ts=${ts} caller=a.go:1 method=Authorise result=true took=1ms`];
    const [whole] = await read("payment", line("2025-10-28T10:04:45Z"), "stderr");
    const [exact] = await read("payment", line("2025-10-28T10:04:45.25Z"), "stderr");

    expect(whole?.timestamp).to.equal(Date.parse("2025-10-28T10:10:00Z"));
    expect(exact?.timestamp).to.equal(Date.parse("2025-10-28T10:04:45.250Z"));
  });

  it("keep every field of go-kit, whatever characters its values have", async () => {
    for (const value of ["o'neil", "a;b|c", "a[1]", "Zoë", "50%!", "a&b"]) {
      const line = `level=warn ts=2025-10-28T12:04:45.000+02:00 caller=a.go:1 method=Get id=${value} took=1m2.5s`;
      const [log] = await read("user", [line], "stderr");

      expect([log?.status, at(log, "method"), at(log, "duration"), log?.timestamp]).to.deep.equal([
        "warn",
        "Get",
        62_500_000_000,
        Date.parse("2025-10-28T10:04:45Z"),
      ]);
    }
  });

  it("make one event of a stack of Node.js or Go", async () => {
    const node = ["RangeError: too far", "    at f (a.js:1:2)", "    at g (b.js:3:4)"];
    const go = ["panic: boom", "", "goroutine 1 [running]:", "main.main()", "\t/a/main.go:7 +0x1d"];

    for (const [service, lines] of [
      ["front-end", node],
      ["catalogue", go],
    ] as const) {
      const logs = await read(service, lines);

      expect(
        logs.map(({ status }) => status),
        service,
      ).to.deep.equal(["error"]);
    }
  });

  it("drop the banner between two lines, and queue-master's retries but not its error", async () => {
    const banner = [
      "",
      "  .   ____          _  ",
      " =========|_|====/_/_/",
      " :: Spring Boot :: (v1.4.4)",
      "",
    ];
    const logs = await read("orders", [boot("one"), ...banner, boot("two")]);
    const spawner =
      "2025-10-28 10:04:45.548 ERROR 1 --- [pool-1] w.w.s.q.DockerSpawner  : no socket";
    const retry =
      "2025-10-28 10:04:45.548  INFO 1 --- [pool-1] o.a.h.i.execchain.RetryExec   : again";
    const queue = await read("queue-master", [retry, spawner]);

    expect(logs.map(({ message }) => message)).to.deep.equal(["one", "two"]);
    expect(queue.map(({ status, message }) => [status, message])).to.deep.equal([
      ["info", "no socket"],
    ]);
  });
});
