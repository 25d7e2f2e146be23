import { makesPods, podSpecOf } from "../kubernetes.ts";
import { at, textAt } from "../values.ts";
import { anyAt, each, resourceRule } from "../rule.ts";

export const noDefaultToken = resourceRule({
  name: "no-default-token",
  demand: "No pod gets the token of the default service account",
  why: "Who breaks into the pod can talk to the cluster with it.",
  mend:
    "set automountServiceAccountToken: false and project no token, " +
    "or name a service account of its own where the pod talks to the cluster",
  level: "mandatory",
  judge(resource) {
    if (!makesPods(resource)) return [];
    const pod = podSpecOf(resource);
    if ((textAt(pod, "serviceAccountName") ?? "default") !== "default") return [];
    const isToken = (source: unknown) => at(source, "serviceAccountToken") !== undefined;
    const ways: readonly (readonly [string, () => boolean])[] = [
      ["its pods get", () => at(pod, "automountServiceAccountToken") !== false],
      [
        "a volume brings",
        () => anyAt(pod, ["volumes"], (volume) => anyAt(volume, ["projected", "sources"], isToken)),
      ],
    ];
    return each(ways, ([way, holds]) => (holds() ? [`${way} the default account's token`] : []));
  },
});
