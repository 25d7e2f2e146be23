import { makesPods, podSpecOf } from "../kubernetes.ts";
import { at, textAt } from "../read.ts";
import { resourceRule } from "../rule.ts";

export const noDefaultToken = resourceRule({
  name: "no-default-token",
  demand: "No pod gets the token of the default service account",
  why: "Who breaks into the pod can talk to the cluster with it.",
  mend:
    "set automountServiceAccountToken: false, " +
    "or name a service account of its own where the pod talks to the cluster",
  level: "mandatory",
  judge(resource) {
    if (!makesPods(resource)) return [];
    const pod = podSpecOf(resource);
    if (at(pod, "automountServiceAccountToken") === false) return [];
    const account = textAt(pod, "serviceAccountName") ?? "default";
    return account === "default" ? ["its pods get the default account's token"] : [];
  },
});
