import { expect } from "chai";
import fc from "fast-check";
import { goDuration, goTime, rfc3339Nano } from "../../../sandbox/shop/formats/date.ts";
import { javaFloat } from "../../../sandbox/shop/formats/java-float.ts";
import { rootCause, stackTrace } from "../../../sandbox/shop/formats/java-throwable.ts";
import { logfmtLine } from "../../../sandbox/shop/formats/logfmt.ts";
import { morganLine } from "../../../sandbox/shop/formats/morgan.ts";
import { abbreviated, springLine } from "../../../sandbox/shop/formats/spring-boot.ts";
import {
  mongoJsonLine,
  mongoTextLine,
  rabbitLine,
  redisLine,
} from "../../../sandbox/shop/formats/stores.ts";

const noon = BigInt(Date.UTC(2030, 0, 2, 12, 0, 0, 7)) * 1_000_000n;

describe("Spring Boot's log line", () => {
  const line = {
    nanos: noon,
    level: "INFO",
    application: "orders",
    trace: { traceId: "00000000000000aa", spanId: "00000000000000bb" },
    thread: "http-nio-8080-exec-1",
    logger: "works.weave.socks.orders.controllers.OrdersController",
    message: "End of calls.",
  } as const;

  it("pads level and logger and keeps the last 15 characters of the thread", () => {
    expect(springLine(line)).to.equal(
      "2030-01-02 12:00:00.007  INFO [orders,00000000000000aa,00000000000000bb,false] 1 --- " +
        "[nio-8080-exec-1] w.w.s.o.controllers.OrdersController     : End of calls.",
    );
  });

  it("shows an empty MDC outside of a request, one blank before ERROR, and padded threads", () => {
    expect(springLine({ ...line, level: "ERROR", trace: undefined, thread: "main" })).to.equal(
      "2030-01-02 12:00:00.007 ERROR [orders,,,] 1 --- [           main] " +
        "w.w.s.o.controllers.OrdersController     : End of calls.",
    );
  });

  for (const [logger, shown] of [
    ["works.weave.socks.orders.services.AsyncGetService", "w.w.s.orders.services.AsyncGetService"],
    ["org.mongodb.driver.connection", "org.mongodb.driver.connection"],
    [
      "org.apache.catalina.core.ContainerBase.[Tomcat].[localhost].[/].[dispatcherServlet]",
      "o.a.c.c.C.[.[.[/].[dispatcherServlet]",
    ],
  ] as const) {
    it(`abbreviates ${logger}`, () => {
      expect(abbreviated(logger, 39)).to.equal(shown);
    });
  }

  it("always has its message behind a 15 character thread and a logger of at least 40", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z-]{1,30}$/), (thread) => {
        expect(springLine({ ...line, thread })).to.match(/ --- \[.{15}\] .{40} : End of calls\.$/);
      }),
    );
  });
});

describe("go-kit's log line", () => {
  it("shows durations as Go does and quotes what has blanks", () => {
    const fields = [
      ["method", "Login"],
      ["err", "not found"],
      ["result", 2],
      ["nothing", null],
      ["empty", ""],
      ["took", 13_509n],
    ] as const;

    expect(logfmtLine({ nanos: noon + 1n, caller: "logging.go:36", fields })).to.equal(
      "ts=2030-01-02T12:00:00.007000001Z caller=logging.go:36 method=Login " +
        'err="not found" result=2 nothing=null empty= took=13.509µs',
    );
  });

  for (const [nanos, shown] of [
    [0n, "0s"],
    [736n, "736ns"],
    [787_740n, "787.74µs"],
    [1_154_241n, "1.154241ms"],
    [2_000_000_000n, "2s"],
  ] as const) {
    it(`shows ${nanos} nanoseconds as ${shown}`, () => {
      expect(goDuration(nanos)).to.equal(shown);
    });
  }

  it("drops trailing zeros of the time", () => {
    expect(rfc3339Nano(noon)).to.equal("2030-01-02T12:00:00.007Z");
    expect(rfc3339Nano(noon - 7_000_000n)).to.equal("2030-01-02T12:00:00Z");
  });

  it("shows the age of the process behind a time only where the program's Go does", () => {
    expect(goTime(noon)).to.equal("2030-01-02 12:00:00.007 +0000 UTC");
    expect(goTime(noon, 35_170_000_000n)).to.equal(
      "2030-01-02 12:00:00.007 +0000 UTC m=+35.170000000",
    );
  });
});

describe("morgan's access line", () => {
  const access = { method: "POST", url: "/orders", status: 500 };

  it("shows dashes for an API route", () => {
    expect(morganLine(access)).to.equal(
      "\u001b[0mPOST /orders \u001b[31m500 \u001b[0m- ms - -\u001b[0m",
    );
  });

  it("shows time and length where morgan saw the headers", () => {
    expect(morganLine({ ...access, status: 404, tookMs: 5.6634, length: 19 })).to.equal(
      "\u001b[0mPOST /orders \u001b[33m404 \u001b[0m5.663 ms - 19\u001b[0m",
    );
  });
});

describe("a Java stack trace", () => {
  const inner = {
    className: "java.net.ConnectException",
    message: "no",
    frames: ["a(A:1)", "z(Z:1)"],
  };
  const outer = { className: "X", frames: ["b(B:1)", "z(Z:1)"], cause: inner };

  it("folds the frames that a cause shares with what it caused", () => {
    expect(stackTrace(outer)).to.equal(
      "X\n\tat b(B:1)\n\tat z(Z:1)\nCaused by: java.net.ConnectException: no\n\tat a(A:1)\n\t... 1 more",
    );
  });

  it("ends in its root cause", () => {
    expect(rootCause(outer)).to.equal(inner);
  });
});

describe("the stores' log lines", () => {
  const entry = {
    nanos: noon,
    severity: "I",
    component: "NETWORK",
    id: 23016,
    context: "listener",
    message: "Waiting for connections",
  } as const;

  it("are JSON in MongoDB 4.4", () => {
    const line = mongoJsonLine({ ...entry, attributes: { port: 27017 } });

    expect(line).to.include('"s":"I",  "c":"NETWORK",  "id":23016,  "ctx":"listener"');
    expect(JSON.parse(line)).to.deep.equal({
      t: { $date: "2030-01-02T12:00:00.007+00:00" },
      s: "I",
      c: "NETWORK",
      id: 23016,
      ctx: "listener",
      msg: "Waiting for connections",
      attr: { port: 27017 },
    });
  });

  it("are text in MongoDB 3, Redis and RabbitMQ", () => {
    expect(mongoTextLine(entry)).to.equal(
      "2030-01-02T12:00:00.007+0000 I NETWORK  [listener] Waiting for connections",
    );
    expect(redisLine(noon, "*", "Ready")).to.equal("1:M 02 Jan 2030 12:00:00.007 * Ready");
    expect(rabbitLine(noon, "info", "up")).to.equal(
      "2030-01-02 12:00:00.007000+00:00 [info] <0.480.0> up\u001b[0m",
    );
  });
});

describe("Java's float text", () => {
  for (const [value, shown] of [
    [15, "15.0"],
    [104.98, "104.98"],
    [Math.fround(99.99) + Math.fround(4.99), "104.979996"],
    [0, "0.0"],
    [7.99, "7.99"],
  ] as const) {
    it(`shows ${value} as ${shown}`, () => {
      expect(javaFloat(value)).to.equal(shown);
    });
  }

  it("names exactly the float it came from", () => {
    fc.assert(
      fc.property(fc.float({ min: Math.fround(0.01), max: 100_000, noNaN: true }), (value) => {
        expect(Math.fround(Number(javaFloat(value)))).to.equal(value);
      }),
    );
  });
});
