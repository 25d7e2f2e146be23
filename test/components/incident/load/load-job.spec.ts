import { expect } from "chai";
import {
  loadJobArgs,
  type LoadRun,
  locustfileArgs,
  masterPolicyArgs,
  masterServiceArgs,
  workersJobArgs,
} from "../../../../components/incident/load/manifests.ts";
import { unknownToKubernetes } from "../../../support/kubernetes/kubernetes-schema.ts";
import { hardeningProblems } from "../../../support/kubernetes/pod-security.ts";

const run = {
  load: { users: 10, rate: 2, runTime: "2m", arrivals: "closed", workers: 1, expected: ["outage"] },
  namespace: "socks",
  env: "test",
  image: "locustio/locust:2.47.0",
  locustfile: "pass",
  distributed: "pass",
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

describe("a load on several workers", () => {
  const shared = { ...run, load: { ...run.load, workers: 3 } };
  const master = loadJobArgs(shared);
  const workers = workersJobArgs(shared);
  const argsOf = (args: typeof master) => podOf(args).containers[0]?.args;

  it("is a master that says how many customers there are, and waits for the workers", () => {
    expect(master.metadata.name).to.equal("locust-payment-failure");
    expect(master.spec).to.not.have.any.keys("parallelism", "completions");
    expect(argsOf(master)).to.deep.equal([
      "--headless",
      "--only-summary",
      "--locustfile=/mnt/locust/distributed.py",
      "--host=http://front-end.socks.svc.cluster.local",
      "--master",
      "--expect-workers=3",
      "--expect-workers-max-wait=240",
      "--users=10",
      "--spawn-rate=2",
      "--run-time=2m",
      "--stop-timeout=15",
    ]);
  });

  it("is workers in a Job of their own, each of which runs once", () => {
    expect(workers.metadata.name).to.equal("locust-payment-failure-workers");
    expect(workers.spec).to.include({
      ...{ parallelism: 3, completions: 3, backoffLimit: 0, activeDeadlineSeconds: 420 },
    });
    expect(argsOf(workers)).to.deep.equal([
      "--headless",
      "--only-summary",
      "--locustfile=/mnt/locust/distributed.py",
      "--host=http://front-end.socks.svc.cluster.local",
      "--worker",
      "--master-host=locust-payment-failure.socks.svc.cluster.local",
      "--master-port=5557",
      "--stop-timeout=15",
    ]);
  });

  it("tells all of them how many there are", () => {
    for (const args of [master, workers]) {
      expect(podOf(args).containers[0]?.env).to.deep.include({ name: "WORKERS", value: "3" });
    }
  });

  it("lets the workers alone reach the front-end, and the master by its one port", () => {
    const label = "sock-shop/role";
    expect(workers.spec.template.metadata.labels).to.have.property(label, "customer");
    expect(master.spec.template.metadata.labels).to.not.have.property(label);

    const ports = [{ protocol: "TCP", port: 5557 }];
    const pods = (app: string) => ({ podSelector: { matchLabels: { app } } });
    const [toMaster, fromWorkers] = masterPolicyArgs(shared);
    expect(toMaster.spec).to.deep.equal({
      ...pods("locust-payment-failure"),
      policyTypes: ["Ingress"],
      ingress: [{ from: [pods("locust-payment-failure-workers")], ports }],
    });
    expect(fromWorkers.spec).to.deep.equal({
      ...pods("locust-payment-failure-workers"),
      policyTypes: ["Egress"],
      egress: [{ to: [pods("locust-payment-failure")], ports }],
    });
  });

  it("has a Service that selects the master and no worker", () => {
    const { selector } = masterServiceArgs(shared).spec;

    expect(master.spec.template.metadata.labels).to.include(selector);
    expect(workers.spec.template.metadata.labels).to.not.include(selector);
  });

  it("is other Jobs when either file changes, and one process reads the one file alone", () => {
    const changed = { distributed: "pass # changed" };

    expect(loadJobArgs({ ...shared, ...changed })).to.not.deep.equal(master);
    expect(workersJobArgs({ ...shared, ...changed })).to.not.deep.equal(workers);
    expect(loadJobArgs({ ...run, ...changed })).to.deep.equal(loadJobArgs(run));
    expect(locustfileArgs(run).data).to.have.all.keys("locustfile.py");
    expect(locustfileArgs(shared).data).to.have.all.keys("locustfile.py", "distributed.py");
  });

  it("gets new workers with each new master, which waits for them", () => {
    const more = { ...shared, load: { ...shared.load, users: 11 } };

    expect(workersJobArgs(more).spec.template).to.not.deep.equal(workers.spec.template);
    expect(argsOf(workersJobArgs(more))).to.deep.equal(argsOf(workers));
  });

  it("has pods that the restricted level admits, and fields that Kubernetes knows", () => {
    for (const args of [master, workers]) {
      expect(hardeningProblems(podOf(args))).to.deep.equal([]);
      expect(unknownToKubernetes(args, "V1Job")).to.deep.equal([]);
    }
    expect(unknownToKubernetes(masterServiceArgs(shared), "V1Service")).to.deep.equal([]);
    for (const policy of masterPolicyArgs(shared)) {
      expect(unknownToKubernetes(policy, "V1NetworkPolicy")).to.deep.equal([]);
    }
  });
});
