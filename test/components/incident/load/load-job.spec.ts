import { expect } from "chai";
import {
  loadJobArgs,
  type LoadRun,
  locustfileArgs,
} from "../../../../components/incident/load/manifests.ts";
import { unknownToKubernetes } from "../../../support/kubernetes/kubernetes-schema.ts";
import { hardeningProblems } from "../../../support/kubernetes/pod-security.ts";

const run = {
  load: { users: 10, rate: 2, runTime: "2m", arrivals: "closed", expected: ["outage"] },
  namespace: "socks",
  env: "test",
  image: "locustio/locust:2.47.0",
  locustfile: "pass",
} as const;

const podOf = (args: ReturnType<typeof loadJobArgs>) => args.spec.template.spec;

describe("loadJobArgs", () => {
  it("runs the customers once, for as long as configured", () => {
    const { metadata, spec } = loadJobArgs(run);

    expect(metadata).to.include({ name: "locust-payment-failure", namespace: "socks" });
    expect(spec).to.include({ backoffLimit: 0, activeDeadlineSeconds: 420 });
    expect(spec.template.spec.restartPolicy).to.equal("Never");
    expect(podOf(loadJobArgs(run)).containers[0]?.args).to.deep.equal([
      "--headless",
      "--only-summary",
      "--locustfile=/mnt/locust/locustfile.py",
      "--host=http://front-end.socks.svc.cluster.local",
      "--users=10",
      "--spawn-rate=2",
      "--run-time=2m",
      "--stop-timeout=15",
    ]);
  });

  it("tells the customers what they must see, and from when an order is late", () => {
    const variablesOf = (load: LoadRun["load"]) =>
      podOf(loadJobArgs({ ...run, load })).containers[0]?.env.slice(0, -3);

    expect(variablesOf(run.load)).to.deep.equal([{ name: "EXPECTED_OUTCOMES", value: "outage" }]);
    expect(variablesOf({ ...run.load, expected: ["late", "placed"], lateAfter: 4 })).to.deep.equal([
      { name: "EXPECTED_OUTCOMES", value: "late,placed" },
      { name: "LATE_AFTER_SECONDS", value: "4" },
    ]);
  });

  it("gives them a seed and an open schedule where the stack has them", () => {
    const seeded = { ...run.load, seed: 42, arrivals: "open" } as const;

    expect(
      podOf(loadJobArgs({ ...run, load: seeded })).containers[0]?.env.slice(0, -3),
    ).to.deep.equal([
      { name: "EXPECTED_OUTCOMES", value: "outage" },
      { name: "SEED", value: "42" },
      { name: "ARRIVALS", value: "open" },
    ]);
  });

  it("stays until the incident is left: a refresh must not run it again", () => {
    expect(loadJobArgs(run).spec).to.not.have.property("ttlSecondsAfterFinished");
  });

  it("is created and refreshed without waiting for its end, and is gone once it is deleted", () => {
    const { annotations } = loadJobArgs(run).metadata;

    expect(annotations).to.deep.equal({
      "pulumi.com/skipAwait": "true",
      "pulumi.com/deletionPropagationPolicy": "background",
    });
  });

  it("becomes another Job when the locustfile changes", () => {
    const other = loadJobArgs({ ...run, locustfile: "pass # changed" });

    expect(other.spec.template).to.not.deep.equal(loadJobArgs(run).spec.template);
  });

  it("plays a customer whom the network policies let reach the front-end", () => {
    expect(loadJobArgs(run).spec.template.metadata.labels).to.include({
      "sock-shop/role": "customer",
    });
  });

  it("is a pod that the restricted Pod Security level admits", () => {
    expect(hardeningProblems(podOf(loadJobArgs(run)))).to.deep.equal([]);
  });

  it("has only fields that Kubernetes knows", () => {
    expect(unknownToKubernetes(loadJobArgs(run), "V1Job")).to.deep.equal([]);
    expect(unknownToKubernetes(locustfileArgs(run), "V1ConfigMap")).to.deep.equal([]);
  });
});
