import { expect } from "chai";
import { eventsOf } from "../../../../sandbox/datadog/logs/store/raw-logs.ts";
import { inTransaction, openDatabase } from "../../../../sandbox/datadog/logs/store/database.ts";
import { createInbox } from "../../../../sandbox/datadog/logs/store/inbox.ts";
import { startIngestion } from "../../../../sandbox/datadog/logs/ingestion.ts";
import {
  engineWithoutVrl,
  type LogEngine,
} from "../../../../sandbox/datadog/logs/pipeline-engine.ts";
import { openTelemetry } from "../../../../sandbox/datadog/logs/telemetry.ts";

const arrived = Date.parse("2027-01-05T10:00:00.000Z");
const logs = (batch: string, count: number) => {
  const items = Array.from({ length: count }, (_, index) => ({ message: `${batch} ${index}` }));
  return eventsOf(items, { batch, arrived, isAgent: false });
};

/** An ingestion for three logs, whose engine comes when the test lets it. */
function threeAtMost() {
  const telemetry = openTelemetry(":memory:");
  let start: (engine: LogEngine) => void = () => undefined;
  const ingestion = startIngestion({
    telemetry,
    engine: new Promise<LogEngine>((resolve) => (start = resolve)),
    declared: () => ({ pipelines: [], metrics: [], logIndexes: [] }),
    clock: () => new Date(arrived),
    report: () => undefined,
    mostWaiting: 3,
  });
  const submit = (batch: string, count: number) => ingestion.submit(batch, logs(batch, count));
  const begin = () => {
    start(engineWithoutVrl("not here"));
  };
  return { telemetry, ingestion, submit, begin };
}

describe("the ingestion of logs", () => {
  it("takes as many as may wait, refuses one more, and takes that one later", async () => {
    const { telemetry, ingestion, submit, begin } = threeAtMost();

    expect([submit("a", 2), submit("b", 1), submit("c", 1)]).to.deep.equal([
      ...["accepted", "accepted", "full"],
    ]);
    begin();
    await ingestion.idle();
    expect(submit("c", 1)).to.equal("accepted");
    await ingestion.idle();

    expect(telemetry.logs.count()).to.equal(4);
    expect(ingestion.figures).to.deep.include({ accepted: 4, stored: 4, refused: 1 });
    await ingestion.close();
  });

  it("takes a batch that is larger than all that may wait, when nothing waits", async () => {
    const { telemetry, ingestion, submit, begin } = threeAtMost();

    expect([submit("a", 4), submit("b", 1)]).to.deep.equal(["accepted", "full"]);
    begin();
    await ingestion.idle();

    expect(telemetry.logs.count()).to.equal(4);
    await ingestion.close();
  });

  it("counts a batch that comes again once", async () => {
    const { telemetry, ingestion, submit, begin } = threeAtMost();
    begin();

    expect([submit("a", 2), submit("a", 2)]).to.deep.equal(["accepted", "known"]);
    await ingestion.idle();

    expect(telemetry.logs.count()).to.equal(2);
    await ingestion.close();
  });

  it("reports a full disk by its own error, takes the batch later, and counts each log once", () => {
    const database = openDatabase(":memory:");
    const inbox = createInbox(database);
    const pages = Number(database.prepare("PRAGMA page_count").get()?.["page_count"]);
    const large = logs("large", 2000);
    database.exec(`PRAGMA max_page_count = ${pages + 2}`);

    expect(() => inbox.accept("large", large, arrived)).to.throw("database or disk is full");
    expect(inbox.waiting()).to.equal(0);
    expect(inbox.knows("large")).to.equal(false);
    database.exec("PRAGMA max_page_count = 100000");

    expect(inbox.accept("large", large, arrived)).to.equal(true);
    expect(inbox.waiting()).to.equal(2000);
    expect(() =>
      inTransaction(database, () => {
        inbox.remove(inbox.oldest(10));
        throw new Error("the store is full");
      }),
    ).to.throw("the store is full");
    expect(inbox.waiting()).to.equal(2000);
    database.close();
  });

  it("waits between tries, and lets others work, while the inbox holds less than it counts", async () => {
    const telemetry = openTelemetry(":memory:");
    const reports: string[] = [];
    let waiting = 1;
    const ingestion = startIngestion({
      telemetry: { ...telemetry, inbox: { ...telemetry.inbox, waiting: () => waiting } },
      engine: Promise.resolve(engineWithoutVrl("not here")),
      declared: () => ({ pipelines: [], metrics: [], logIndexes: [] }),
      clock: () => new Date(arrived),
      report: (line) => {
        reports.push(line);
        waiting = 0;
      },
    });

    await ingestion.idle();

    expect(reports).to.deep.equal(["logs wait: the inbox counts logs that it does not hold"]);
    await ingestion.close();
  });
});
