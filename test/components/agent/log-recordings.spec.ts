import { existsSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { logAnnotations } from "../../../components/agent/log-rules.ts";
import type { ServiceName } from "../../../components/shop/catalogue.ts";
import { readLogConfig } from "../../../sandbox/agent/log-config.ts";
import { createLogRules } from "../../../sandbox/agent/apply-log-rules.ts";

// Lines of a real run, which lie beside the checkout where somebody put them.
const folder = new URL("../../../../shared/logs/", import.meta.url);
const services = ["catalogue", "front-end", "orders", "payment", "user"] as const;

/** What nobody looks for; payment's health checks are its heartbeat. */
const noise = /HandlerMapping\s+: Mapped |Requesting with type: |method=Health|is \[ \{/;
const business =
  /payment re(quest|sponse)|method=(Authorise|Login|Register|PostCard|Get|List)|(GET|POST) \//;

interface Recording {
  readonly service: ServiceName;
  readonly lines: readonly string[];
  readonly sent: readonly string[];
}

function recording(service: ServiceName): Recording {
  const text = readFileSync(new URL(`${service}.log`, folder), "utf8");
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const rules = createLogRules(
    readLogConfig(Object.values(logAnnotations(service, service))[0] ?? ""),
  );
  const push = (line: string) => rules.push({ text: line, stream: "stdout", nanos: 0n });
  const events = [...lines.flatMap(push), ...rules.flush()];
  return { service, lines, sent: events.map(({ message }) => message) };
}

describe("the agent's rules on recorded lines", () => {
  let recordings: readonly Recording[] = [];

  before(function () {
    if (!existsSync(folder)) {
      console.log("      skipped: no recorded logs beside this checkout");
      this.skip();
    }
    recordings = services.map(recording);
  });

  const count = (texts: readonly string[], what: RegExp) =>
    texts.filter((text) => what.test(text)).length;

  it("let less than 5 % of the noise through", () => {
    const noisy = recordings.filter(({ service }) => service !== "payment");
    const before = noisy.reduce((sum, { lines }) => sum + count(lines, noise), 0);
    const after = noisy.reduce((sum, { sent }) => sum + count(sent, noise), 0);

    expect(before).to.be.greaterThan(100);
    expect(after / before).to.be.lessThan(0.05);
  });

  it("lose no business line", () => {
    for (const { service, lines, sent } of recordings) {
      expect(count(sent, business), service).to.equal(
        count(
          lines.filter((line) => !noise.test(line)),
          business,
        ),
      );
    }
  });

  it("leave no card number, code or password", () => {
    const left = /longNum[\\"'=:\s]*\d|\bccv[\\"'=:\s]*\d|password[\\"'=:\s]*(?!masked)\w/i;

    expect(recordings.flatMap(({ sent }) => sent.filter((text) => left.test(text)))).to.deep.equal(
      [],
    );
  });
});
