import { kindOf } from "../kubernetes.ts";
import { textAt } from "../values.ts";
import { resourceRule, stringList } from "../rule.ts";

export const noClusterAdmin = resourceRule({
  name: "no-cluster-admin",
  description: "No account is bound to a role that may do everything",
  why: "A program that may do everything in the cluster is more dangerous than any incident.",
  fix: "bind a Role that has only the verbs and resources that are needed",
  level: "mandatory",
  settings: {
    roles: stringList("Roles that no account may be bound to.", "cluster-admin", "admin", "edit"),
  },
  evaluate(resource, { roles }) {
    if (!["RoleBinding", "ClusterRoleBinding"].includes(kindOf(resource) ?? "")) return [];
    const role = textAt(resource.inputs, "roleRef", "name");
    return role !== undefined && roles.includes(role) ? [`it binds to ${role}`] : [];
  },
});
