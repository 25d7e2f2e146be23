import { expect } from "chai";
import { readEventLog, stepsOf } from "../../../cli/pulumi/event-log.ts";
import { loadJob, payment, previewLog } from "../../support/preview-log.ts";

describe("the engine's event log", () => {
  it("is read line by line, without the line at which a killed engine stopped", () => {
    const whole = previewLog([payment, loadJob]);
    const cut = whole.slice(0, whole.indexOf("\n") + 20);

    expect(readEventLog(whole)).to.have.length(3);
    expect(stepsOf(readEventLog(whole)).map(({ op }) => op)).to.deep.equal(["same", "create"]);
    expect(stepsOf(readEventLog(cut)).map(({ op }) => op)).to.deep.equal(["same"]);
    expect(readEventLog("")).to.deep.equal([]);
  });
});
