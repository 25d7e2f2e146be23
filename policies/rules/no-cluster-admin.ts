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
    roles: stringList(
      "Roles that no account may be bound to; a * at the end matches any ending.",
      "cluster-admin",
      "admin",
      "edit",
      "system:controller:*",
    ),
  },
  evaluate(resource, { roles }) {
    if (!["RoleBinding", "ClusterRoleBinding"].includes(kindOf(resource) ?? "")) return [];
    const role = textAt(resource.inputs, "roleRef", "name");
    const isForbidden = (it: string) =>
      it.endsWith("*") ? role?.startsWith(it.slice(0, -1)) : role === it;
    return role !== undefined && roles.some(isForbidden) ? [`it binds to ${role}`] : [];
  },
});
