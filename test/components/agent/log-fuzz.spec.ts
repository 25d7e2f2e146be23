import { expect } from "chai";
import fc from "fast-check";
import { logAnnotations } from "../../../components/agent/log-rules.ts";
import { serviceNames } from "../../../components/shop/catalogue.ts";
import { readLogConfig } from "../../../sandbox/agent/log-config.ts";
import { createLogRules } from "../../../sandbox/agent/apply-log-rules.ts";

/** A line of any bytes, read as the agent reads a file: as UTF-8, with what is none replaced. */
const bytes = fc.uint8Array({ maxLength: 400 }).map((raw) => Buffer.from(raw).toString("utf8"));
const pieces = fc
  .array(fc.constantFrom("longNum", "ccv", "password", '"', "'", "\\", "=", ":", "4111", " ", "\t"))
  .map((parts) => parts.join(""));
const text = fc.oneof(bytes, pieces).map((line) => line.replaceAll(/[\r\n]/g, " "));

describe("the declared log rules", () => {
  for (const service of serviceNames) {
    it(`lose no line of ${service}, whatever bytes it is made of`, () => {
      const [annotation = ""] = Object.values(logAnnotations(service, service));
      const config = readLogConfig(annotation);
      // what a rule drops is dropped on purpose; the others must lose nothing
      const rules = config.rules.filter(({ type }) => type !== "exclude_at_match");

      fc.assert(
        fc.property(fc.array(text, { maxLength: 30 }), (lines) => {
          const applied = createLogRules({ ...config, rules });
          const marked = lines.map((line, at) => ({
            text: `line ${at} ${line}`,
            stream: "stdout" as const,
            nanos: BigInt(at),
          }));
          const events = [...marked.flatMap((line) => applied.push(line)), ...applied.flush()];

          expect(events.reduce((sum, event) => sum + event.lines, 0)).to.equal(lines.length);
          const sent = events.map(({ message }) => message).join("\n");
          for (const at of lines.keys()) expect(sent).to.contain(`line ${at} `.trimEnd());
        }),
      );
    });
  }
});
