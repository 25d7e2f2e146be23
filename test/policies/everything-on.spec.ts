// Every optional part of `dev` at once. Proves that the policies have nothing against the declared
// resources, and that an incident changes none of them in Datadog but the drill's downtime. Does not
// prove that an account takes them.
import { expect } from "chai";
import { incidentStates } from "../../components/incident/plan.ts";
import { evaluateAll } from "../../policies/evaluate.ts";
import { rules } from "../../policies/rules.ts";
import { everythingOn } from "../support/everything-on.ts";
import { judgedStack } from "../support/policies/judged-stack.ts";

/** What each part adds to Datadog. */
const parts = [
  ...["LogsArchive", "LogsIndex", "MonitorNotificationRule"],
  ...["OnCallEscalationPolicy", "OnCallSchedule", "OnCallTeamRoutingRules"],
  ...["SensitiveDataScannerGroup", "SensitiveDataScannerRule", "SoftwareCatalog"],
  ...["SyntheticsPrivateLocation", "SyntheticsTest", "WorkflowAutomation"],
];

/** In the order of their names: that of their registration is free. */
async function inDatadog(state: string) {
  const { resources } = await judgedStack("dev", state, everythingOn);
  return resources
    .filter(({ type }) => type.startsWith("datadog:"))
    .sort((one, other) => one.urn.localeCompare(other.urn));
}

describe("dev with every optional part", () => {
  for (const state of incidentStates) {
    it(`has nothing against it in state ${state}`, async () => {
      const stack = await judgedStack("dev", state, everythingOn);

      expect(evaluateAll(rules, stack).map(({ rule, message }) => [rule, message])).to.deep.equal(
        [],
      );
    });
  }

  it("declares all of them", async () => {
    const kinds = (await inDatadog("none")).map(({ type }) => type.split(":").at(-1) ?? "");

    expect(parts.filter((part) => !kinds.includes(part))).to.deep.equal([]);
  });

  for (const state of incidentStates.filter((one) => one !== "none")) {
    it(`has the same in Datadog in state ${state}, and a downtime`, async () => {
      const [healthy, staged] = await Promise.all([inDatadog("none"), inDatadog(state)]);
      const downtime = (type: string) => type.endsWith(":DowntimeSchedule");

      expect(staged.filter(({ type }) => !downtime(type))).to.deep.equal(healthy);
      expect(staged.filter(({ type }) => downtime(type)).length).to.equal(1);
    });
  }
});
