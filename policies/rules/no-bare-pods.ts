import { kindOf } from "../kubernetes.ts";
import { resourceRule } from "../rule.ts";

export const noBarePods = resourceRule({
  name: "no-bare-pods",
  description: "Every pod belongs to a Deployment, a Job or another controller",
  why: "Nothing restarts a bare pod when its node goes, and nothing can scale it.",
  fix: "use a Deployment, or a Job if the program ends by itself",
  level: "mandatory",
  evaluate: (resource) =>
    ["Pod", "ReplicaSet", "ReplicationController"].includes(kindOf(resource) ?? "")
      ? ["no Deployment or Job stands above it"]
      : [],
});
