import { expect } from "chai";
import fc from "fast-check";
import { grokParser } from "../../../components/logs/grok.ts";
import { consoleLine } from "../../../components/logs/spring-boot.ts";
import type { GrokDefinition } from "../../../sandbox/datadog/logs/pipeline-engine.ts";
import { vrlEngine } from "../../support/logs/vrl-engine.ts";

interface Line {
  readonly level: string;
  readonly mdc: string;
  readonly pid: string;
  readonly thread: string;
  readonly logger: string;
  readonly message: string;
}

const definition = (timeZone = "UTC") => {
  const { matchRules, supportRules } = grokParser(consoleLine(timeZone)).grokParser.grok;
  return { match_rules: matchRules, support_rules: supportRules };
};

const pad = (text: string, width: number) => text.padStart(width);
const boot2 = ({ level, mdc, pid, thread, logger, message }: Line) =>
  `2025-10-28 10:04:45.548 ${pad(level, 5)} ${mdc}${pid}--- [${pad(thread, 15)}] ` +
  `${logger.padEnd(40)} : ${message}`;
const boot3 = ({ level, pid, thread, logger, message }: Line) =>
  `2025-10-28T10:04:45.548Z ${pad(level, 5)} ${pid}--- [${pad(thread, 15)}] ` +
  `${logger.padEnd(40)} : ${message}`;

const printable = (less: RegExp, length: number) =>
  fc
    .string({ unit: "grapheme", minLength: 1, maxLength: length })
    .filter((text) => !less.test(text) && text.trim() === text);

const id = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));

const mdcs = fc.oneof(
  fc.constant(""),
  fc.constant("[orders,,,] "),
  fc.constant("[,,,] "),
  fc.tuple(id(16), id(16)).map(([trace, span]) => `[orders,${trace},${span},false] `),
  fc.tuple(id(32), id(16)).map(([trace, span]) => `[orders,${trace},${span}] `),
);

const lines: fc.Arbitrary<Line> = fc.record({
  level: fc.constantFrom("TRACE", "DEBUG", "INFO", "WARN", "ERROR"),
  mdc: mdcs,
  pid: fc.oneof(
    fc.constant(""),
    fc.integer({ min: 1, max: 4_194_304 }).map((pid) => `${pid} `),
  ),
  thread: printable(/[\]\p{C}\p{Z}]/u, 15),
  logger: printable(/[\p{C}\p{Z}]/u, 60),
  message: printable(/\p{C}/u, 200).filter((text) => !text.includes("\\")),
});

// The runbook's rule, to the letter but for the name that Datadog wants.
const seed = {
  match_rules:
    'seed %{date("yyyy-MM-dd HH:mm:ss.SSS"):timestamp}\\s+%{word:level}\\s+' +
    "\\[%{notSpace:service},%{notSpace:trace_id},%{notSpace:span_id},%{notSpace:trace_sampled}\\]" +
    "\\s+%{number:thread_id}\\s+---\\s+\\[%{notSpace:thread_name}\\]\\s+%{notSpace:logger_name}" +
    "\\s+:\\s+%{data:message}",
};

const ordinary =
  "2025-10-28 10:04:45.548  INFO [orders,3a80d1695a022d3d,baf9a0fc4bff5c8b,false] 1 --- " +
  "[nio-8080-exec-3] w.w.s.o.controllers.OrdersController     : End of calls.";
const failure =
  "2025-10-28 10:04:45.912 ERROR [orders,,,] 1 --- [nio-8080-exec-3] " +
  "o.a.c.c.C.[.[.[/].[dispatcherServlet]    : Servlet.service() threw exception";

describe("the rules for Spring Boot's console lines", () => {
  const engine = vrlEngine();
  const found = async (text: string, rules: GrokDefinition = definition()) => {
    const [outcome] = await engine().grok(rules, [text]);
    if (outcome !== undefined && "failed" in outcome) expect.fail(outcome.failed.why);
    return outcome;
  };

  for (const [name, write] of [
    ["Spring Boot 1 and 2", boot2],
    ["Spring Boot 3", boot3],
  ] as const) {
    it(`give back every level, thread, logger and message of ${name}`, async () => {
      const property = fc.asyncProperty(lines, async (line) => {
        const outcome = await found(write(line));

        expect(outcome?.found).to.deep.include({
          level: line.level,
          logger: { name: line.logger, thread_name: line.thread },
          msg: line.message,
        });
        expect(outcome?.found["log"]).to.deep.equal({
          timestamp: Date.parse("2025-10-28T10:04:45.548Z"),
        });
      });

      await fc.assert(property, { numRuns: 200 });
    });
  }

  it("read Spring Boot 1 and 2 in the time zone that is stated", async () => {
    const { found: attributes } = (await found(ordinary, definition("Asia/Kolkata"))) ?? {};

    expect(attributes?.["log"]).to.deep.equal({
      timestamp: Date.parse("2025-10-28T10:04:45.548+05:30"),
    });
  });

  it("find what the runbook's rule finds, and the ERROR line that it misses", async () => {
    expect((await found(ordinary, seed))?.rule).to.equal("seed");
    expect(await found(failure, seed)).to.equal(undefined);
    expect((await found(ordinary))?.rule).to.equal("spring_boot_sleuth");
    expect((await found(failure))?.rule).to.equal("spring_boot_sleuth");
  });

  it("match nothing else", async () => {
    for (const text of ["", "Adding shipment to queue...", "\tat a.b.C.d(C.java:1)", "a.b.C: d"]) {
      expect(await found(text), text).to.equal(undefined);
    }
  });

  it("neither fail nor stall on any text", async function () {
    this.timeout(60_000);
    const noise = fc.oneof(
      fc.string({ unit: "binary", maxLength: 400 }),
      fc
        .array(fc.constantFrom("a.b.C: d", "\n", "\tat x", " : ", "[,,,]", "\\n", ordinary), {
          maxLength: 60,
        })
        .map((parts) => parts.join("")),
      fc.nat({ max: 20_000 }).map((count) => `${failure}${"\na.b.C: d".repeat(count / 100)}`),
    );
    const property = fc.asyncProperty(fc.array(noise, { maxLength: 20 }), async (texts) => {
      const outcomes = await engine().grok(definition(), texts);

      expect(outcomes).to.have.length(texts.length);
      expect(outcomes.filter((outcome) => outcome && "failed" in outcome)).to.deep.equal([]);
    });

    await fc.assert(property, { numRuns: 50 });
  });
});
