import { expect } from "chai";
import { statusPatch } from "../../../../sandbox/shop/cluster/pod-status.ts";
import { podOf } from "./objects.ts";

const now = new Date(0);
const ready = podOf("payment", "a", {
  status: {
    containerStatuses: [{ name: "payment", imageID: "id", ready: true, restartCount: 0 }],
  },
});

describe("the status of a pod", () => {
  it("is left alone while it is true", () => {
    expect(statusPatch(ready, { ready: true, restarts: 0 }, now)).to.equal(undefined);
  });

  it("says that the container crashed and waits", () => {
    const crashed = { ready: false, restarts: 1, waiting: "CrashLoopBackOff" } as const;

    const patch = statusPatch(ready, crashed, now);

    const transition = { lastTransitionTime: now.toISOString(), reason: "CrashLoopBackOff" };
    expect(patch?.status.conditions).to.deep.equal([
      { type: "ContainersReady", status: "False", ...transition },
      { type: "Ready", status: "False", ...transition },
    ]);
    expect(patch?.status.containerStatuses[0]).to.deep.include({
      name: "payment",
      ready: false,
      restartCount: 1,
      started: false,
      state: { running: null, waiting: { reason: "CrashLoopBackOff" } },
    });
  });

  it("says that the container is back, restart counted", () => {
    const patch = statusPatch(ready, { ready: true, restarts: 1 }, now);

    expect(patch?.status.containerStatuses[0]).to.deep.include({ ready: true, restartCount: 1 });
    expect(patch?.status.conditions.map(({ status }) => status)).to.deep.equal(["True", "True"]);
  });
});
