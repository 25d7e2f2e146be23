// The bodies are those that the official plugin 5.8.0 sent for the same inputs.
import { expect } from "chai";
import { created } from "../../../../../simulation/declared/sent-requests.ts";

const DOWNTIME = "datadog:index/downtimeSchedule:DowntimeSchedule";

describe("datadog:DowntimeSchedule", () => {
  it("sends monitors, recurrence and scope in the API's names", async () => {
    const recurrence = {
      rrule: "FREQ=WEEKLY;BYDAY=TU",
      duration: "1h",
      start: "2027-01-05T10:00:00",
    };
    const inputs = {
      scope: "kube_namespace:sock-shop",
      monitorIdentifier: { monitorTags: ["incident:payment-failure"] },
      recurringSchedule: { timezone: "UTC", recurrences: [recurrence] },
      message: "planned drill",
      displayTimezone: "UTC",
    };

    const requests = await created(DOWNTIME, inputs, { data: { id: "w" } });

    const attributes = {
      display_timezone: "UTC",
      message: "planned drill",
      monitor_identifier: { monitor_tags: ["incident:payment-failure"] },
      mute_first_recovery_notification: false,
      schedule: { recurrences: [recurrence], timezone: "UTC" },
      scope: "kube_namespace:sock-shop",
    };
    expect(requests).to.deep.equal([
      {
        method: "POST",
        path: "/api/v2/downtime",
        body: { data: { attributes, type: "downtime" } },
      },
    ]);
  });
});
