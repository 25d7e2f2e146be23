import { expect } from "chai";
import { drillDowntimeArgs } from "../../../../components/incident/drill/downtime-args.ts";
import { leaseEnd } from "../../../../components/incident/lease/lease-end.ts";
import { ofType, type Registered } from "../../../../simulation/declared/resource-graph.ts";
import { created } from "../../../../simulation/declared/sent-requests.ts";
import { stackGraph } from "../../../../simulation/declared/stack-graph.ts";

const downtimeType = "datadog:index/downtimeSchedule:DowntimeSchedule";
const quiet = { "sock-shop:notifyDrills": "false" };
const down = { "sock-shop:incident": "payment-down" };

async function downtimes(config: Readonly<Record<string, string>>) {
  return ofType((await stackGraph(config)).resources, downtimeType);
}

const tagsOf = ({ inputs }: Registered) => inputs["tags"] as readonly string[];

describe("the end of a lease", () => {
  it("is as far from the guard's creation as the lease is long, in whole seconds", () => {
    expect(leaseEnd("2027-01-05T10:00:00Z", "90s")).to.equal("2027-01-05T10:01:30Z");
    expect(leaseEnd("2027-01-05T23:30:00Z", "2h")).to.equal("2027-01-06T01:30:00Z");
    expect(leaseEnd("2027-01-05T10:00:00+02:00", "30m")).to.equal("2027-01-05T08:30:00Z");
  });

  it("is none without a time of creation", () => {
    expect(() => leaseEnd("", "2h")).to.throw("Invalid time value");
  });
});

describe("the downtime of a drill", () => {
  it("is there only where drills do not notify, and only while an incident is staged", async () => {
    const names = async (config: Readonly<Record<string, string>>) => [
      ...(await downtimes(config)).keys(),
    ];

    expect(await names({ ...down, ...quiet })).to.deep.equal(["payment-down-drill"]);
    expect(await names(down)).to.deep.equal([]);
    expect(await names({ ...down, "sock-shop:notifyDrills": "true" })).to.deep.equal([]);
    expect(await names(quiet)).to.deep.equal([]);
  });

  it("ends when the lease does, counted from the guard's creation", async () => {
    const config = { ...down, ...quiet, "sock-shop:incidentLease": "45m" };

    const drill = (await downtimes(config)).get("payment-down-drill");

    // The guard's Deployment is of 2027-01-05T10:00:00Z, whenever the program runs.
    expect(drill?.inputs["oneTimeSchedule"]).to.deep.equal({ end: "2027-01-05T10:45:00Z" });
  });

  it("is of each state by a name of its own, so that a change of the state makes another", async () => {
    const drills = await downtimes({ ...quiet, "sock-shop:incident": "shipping-slow" });

    expect([...drills.keys()]).to.deep.equal(["shipping-slow-drill"]);
  });

  it("mutes every monitor of the stack, and none of another namespace or cluster", async () => {
    const { resources } = await stackGraph({ ...down, ...quiet });
    const [drill] = ofType(resources, downtimeType).values();
    const identifier = drill?.inputs["monitorIdentifier"] as { monitorTags: readonly string[] };
    const isMuted = (tags: readonly string[]) =>
      identifier.monitorTags.every((tag) => tags.includes(tag));
    const monitors = [...ofType(resources, "datadog:index/monitor:Monitor").values()];

    expect(drill?.inputs["scope"]).to.equal("*");
    expect(monitors.length).to.be.greaterThan(20);
    expect(monitors.filter((monitor) => !isMuted(tagsOf(monitor)))).to.deep.equal([]);
    const elsewhere: readonly Readonly<Record<string, string>>[] = [
      { "sock-shop:namespace": "team-2" },
      { "sock-shop:clusterName": "elsewhere" },
    ];
    for (const other of elsewhere) {
      const { resources: others } = await stackGraph(other);
      const theirs = [...ofType(others, "datadog:index/monitor:Monitor").values()];
      expect(theirs.filter((monitor) => isMuted(tagsOf(monitor)))).to.deep.equal([]);
    }
  });

  it("leaves the start to Datadog, and notifies nobody only because it ends", async () => {
    const drill = { clusterName: "kind-1", namespace: "socks", incident: "payment-slow" };
    const { message, ...args } = drillDowntimeArgs({ ...drill, ends: "2027-01-05T12:00:00Z" });

    const [request] = await created(downtimeType, { ...args, message } as never, {
      data: { id: "w" },
    });

    expect(message).to.contain("payment-slow");
    expect(request?.body).to.deep.equal({
      data: {
        type: "downtime",
        attributes: {
          scope: "*",
          message,
          display_timezone: "UTC",
          mute_first_recovery_notification: true,
          notify_end_types: [],
          monitor_identifier: {
            monitor_tags: [
              "incident:payment-failure",
              "kube_cluster_name:kind-1",
              "kube_namespace:socks",
            ],
          },
          schedule: { start: null, end: "2027-01-05T12:00:00Z" },
        },
      },
    });
  });
});
