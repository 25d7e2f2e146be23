import { kindOf } from "../kubernetes.ts";
import { resourceRule } from "../rule.ts";

export const noBarePods = resourceRule({
  name: "no-bare-pods",
  description: "No pod stands alone",
  why: "Nothing starts it again when its node goes, and nothing can scale it.",
  fix: "make it a Deployment, or a Job if it ends by itself",
  level: "mandatory",
  evaluate: (resource) =>
    ["Pod", "ReplicaSet", "ReplicationController"].includes(kindOf(resource) ?? "")
      ? ["no Deployment or Job stands above it"]
      : [],
});
