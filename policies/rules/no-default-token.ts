import { makesPods, podSpecOf } from "../kubernetes.ts";
import { at, textAt } from "../values.ts";
import { anyElement, checkEach, resourceRule } from "../rule.ts";

export const noDefaultToken = resourceRule({
  name: "no-default-token",
  description: "No pod gets the token of the default service account",
  why: "Whoever breaks into the pod can call the cluster's API with it.",
  fix:
    "set automountServiceAccountToken: false and project no token, " +
    "or give a pod that calls the cluster's API a service account of its own",
  level: "mandatory",
  evaluate(resource) {
    if (!makesPods(resource)) return [];
    const pod = podSpecOf(resource);
    if ((textAt(pod, "serviceAccountName") ?? "default") !== "default") return [];
    const isToken = (source: unknown) => at(source, "serviceAccountToken") !== undefined;
    const ways: readonly (readonly [string, () => boolean])[] = [
      ["its pods get", () => at(pod, "automountServiceAccountToken") !== false],
      [
        "a volume mounts",
        () =>
          anyElement(pod, ["volumes"], (volume) =>
            anyElement(volume, ["projected", "sources"], isToken),
          ),
      ],
    ];
    return checkEach(ways, ([way, holds]) =>
      holds() ? [`${way} the default account's token`] : [],
    );
  },
});
