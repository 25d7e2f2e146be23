import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";
import {
  agentEvents,
  arrival,
  declaredLogs,
  type DeclaredLogs,
  throughPipelines,
} from "../../support/logs/log-pipeline.ts";
import { vrlEngine } from "../../support/logs/vrl-engine.ts";

// The published format of the tests of Datadog's own log integrations. The samples go through the
// rules of the service's pod first, so one may be several lines; they must become one event.

interface LogTest {
  readonly sample: string;

  /** Only where it is not stdout. */
  readonly stream?: "stderr";
  readonly result: {
    readonly custom: Readonly<Record<string, unknown>>;
    readonly message: string;
    readonly service: string;
    readonly status: string;
    readonly tags: readonly string[];

    /** Absent where the line has no time of its own. */
    readonly timestamp?: number;
  };
}

interface LogTests {
  readonly id: string;
  readonly service: string;
  readonly tests: readonly LogTest[];
}

const folder = new URL("../../fixtures/logs/", import.meta.url);
const files = readdirSync(folder);
const noTime = Date.parse("2025-10-28T10:00:00Z");

describe("the declared log pipeline", () => {
  const engine = vrlEngine();
  let declared: DeclaredLogs;

  before(async function () {
    this.timeout(20_000);
    declared = await declaredLogs();
  });

  for (const file of files) {
    const { id, service, tests } = parse(readFileSync(new URL(file, folder), "utf8")) as LogTests;

    for (const [index, { sample, stream, result }] of tests.entries()) {
      it(`${id} ${index + 1}: ${result.message.split("\n")[0]?.slice(0, 70) ?? ""}`, async () => {
        const [event, ...more] = agentEvents(declared, service, sample, stream);
        if (event === undefined || more.length > 0) expect.fail(`${more.length + 1} events`);
        // What the pipeline finds must differ from what is there anyway.
        const arrived = result.timestamp === undefined ? noTime : result.timestamp + 5000;

        const { event: log, failures } = await throughPipelines(
          declared,
          arrival(declared, service, event, arrived),
          engine(),
        );

        expect({
          custom: log.attributes,
          message: log.message,
          service: log.service,
          status: log.status,
          tags: [`source:${log.source}`],
          ...(log.timestamp !== arrived && { timestamp: log.timestamp }),
        }).to.deep.equal(result);
        expect(failures).to.deep.equal([]);
      });
    }
  }

  it("has a fixture for every service whose lines it parses", () => {
    const parsed = [...declared.annotations]
      .filter(([, annotation]) => /"source":"(spring-boot|go-kit|nodejs-express)"/.test(annotation))
      .map(([service]) => `${service}.yaml`);

    expect(files).to.include.members(parsed);
  });
});
