import { expect } from "chai";
import { isNoOp, updateSummary } from "../../../cli/pulumi/update-summary.ts";

const summary = (changes: object): string =>
  JSON.stringify({ sequence: 9, summaryEvent: { durationSeconds: 3, resourceChanges: changes } });

describe("updateSummary", () => {
  it("finds the counts among other events", () => {
    const log = ['{"preludeEvent":{}}', summary({ same: 3 }), '{"cancelEvent":{}}', ""].join("\n");

    expect(updateSummary(log)).to.deep.equal({ changes: { same: 3 } });
  });

  it("takes the last counts when a refresh came first", () => {
    const log = `${summary({ same: 3 })}\n${summary({ update: 1 })}\n`;

    expect(updateSummary(log)).to.deep.equal({ changes: { update: 1 } });
  });

  it("finds none in a log that was cut off", () => {
    expect(updateSummary('{"preludeEvent":{}}\n{"summaryEvent":{"resou')).to.equal(undefined);
    expect(updateSummary("")).to.equal(undefined);
  });
});

describe("isNoOp", () => {
  it("is true when only same resources are counted", () => {
    expect(isNoOp({ changes: { same: 73 } })).to.equal(true);
    expect(isNoOp({ changes: { same: 73, update: 0 } })).to.equal(true);
  });

  it("is false from one other operation on", () => {
    expect(isNoOp({ changes: { same: 72, update: 1 } })).to.equal(false);
  });
});
