import { expect } from "chai";
import { statusPatch } from "../../../../sandbox/shop/kubelet/pod-status.ts";
import { podOf } from "../../kube/objects.ts";

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

  describe("whose container is a process", () => {
    const process = { id: "process://7", startedAt: now };
    const status = (exitCode: number) => {
      const ended = { exitCode, at: new Date(5_000) };
      return statusPatch(ready, { ready: false, restarts: 0, process: { ...process, ended } }, now);
    };

    it("says once that it runs", () => {
      const patch = statusPatch(ready, { ready: true, restarts: 0, process }, now);
      const [container] = patch?.status.containerStatuses ?? [];

      expect(patch?.status.phase).to.equal("Running");
      expect(container?.containerID).to.equal("process://7");
      const known = podOf("payment", "a", {
        status: { containerStatuses: container && [container] },
      });
      expect(statusPatch(known, { ready: true, restarts: 0, process }, now)).to.equal(undefined);
    });

    for (const [exitCode, phase, reason, pod] of [
      [0, "Succeeded", "Completed", "PodCompleted"],
      [3, "Failed", "Error", "PodFailed"],
    ] as const) {
      it(`says that it ended with ${exitCode}`, () => {
        const patch = status(exitCode);

        expect(patch?.status.phase).to.equal(phase);
        expect(patch?.status.conditions.map((one) => [one.status, one.reason])).to.deep.equal([
          ["False", pod],
          ["False", pod],
        ]);
        expect(patch?.status.containerStatuses[0]?.state).to.deep.equal({
          running: null,
          waiting: null,
          terminated: {
            exitCode,
            reason,
            startedAt: "1970-01-01T00:00:00.000Z",
            finishedAt: "1970-01-01T00:00:05.000Z",
            containerID: "process://7",
          },
        });
      });
    }
  });
});
