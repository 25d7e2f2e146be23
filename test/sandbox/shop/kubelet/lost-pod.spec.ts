import { expect } from "chai";
import type { Pod } from "../../../../sandbox/kube/objects.ts";
import { isRunOver, lostPod } from "../../../../sandbox/shop/kubelet/lost-pod.ts";
import { statusPatch } from "../../../../sandbox/shop/kubelet/pod-status.ts";
import type { PodState } from "../../../../sandbox/shop/pod/running-pod.ts";
import { podOf } from "../../kube/objects.ts";

/** A pod that runs once, and whose process was started if it has an id. */
function load(containerID?: string, restartPolicy = "Never"): Pod {
  const pod = podOf("load", "a");
  const status = { name: "load", imageID: "", ready: true, restartCount: 0 };
  return {
    ...pod,
    spec: { containers: pod.spec?.containers ?? [], nodeName: "node-0", restartPolicy },
    status: { containerStatuses: [{ ...status, ...(containerID && { containerID }) }] },
  };
}

describe("a process that went away with its shop", () => {
  it("is not run again where its pod runs once", () => {
    expect(isRunOver(load("process://7"))).to.equal(true);
    expect(isRunOver(load())).to.equal(false);
    expect(isRunOver(load("process://7", "Always"))).to.equal(false);
  });

  it("is reported to the cluster as failed", () => {
    const states: PodState[] = [];
    const nobody = () => {
      throw new Error("not asked for");
    };
    const podContext = { resolve: nobody, connect: nobody, record: () => undefined };
    const pod = load("process://7");

    lostPod(pod, { ...podContext, onChange: (state) => void states.push(state) });

    const [state] = states;
    const patch = state && statusPatch(pod, state, new Date(0));
    expect(patch?.status.phase).to.equal("Failed");
    expect(patch?.status.containerStatuses[0]?.state).to.have.nested.include({
      "terminated.exitCode": 137,
    });
  });
});
