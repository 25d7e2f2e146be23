import { resourceRule, stringList } from "../rule.ts";

export const readableTypes = resourceRule({
  name: "readable-types",
  description: "Everything is declared as a type that these rules can read",
  why: "A type that no rule reads passes all of them, whatever it contains.",
  fix:
    "declare a monitor as Monitor, a dashboard as DashboardJson, " +
    "and each Kubernetes object itself instead of a patch or a list",
  level: "mandatory",
  settings: {
    types: stringList(
      "Datadog types that the rules read only in another form.",
      "MonitorJson",
      "Dashboard",
      "DashboardV2",
    ),
    commands: stringList(
      "Names of commands that may run; what a command does, no rule can read.",
      "catalogue-db-password",
      "cluster-agent-token",
      "incident-marker",
      "log-names",
    ),
    allowed: stringList(
      "Types that may be used although no rule reads them, for instance NamespacePatch.",
    ),
  },
  evaluate({ type, name: resource }, { types, commands, allowed }) {
    if (type.startsWith("command:") && !commands.includes(resource)) {
      return ["it is a command, and no rule reads what it does"];
    }
    const isCustom = /^kubernetes:(?!helm)[^:]*:CustomResource$|^kubernetes:(yaml|kustomize)/.test(
      type,
    );
    if (isCustom) return [`it is a ${type.split(":").at(-1) ?? type}, which no rule reads`];
    const [, provider, name = ""] = /^(datadog|kubernetes):[^:]+:(\w+)$/.exec(type) ?? [];
    const isUnread = provider === "datadog" ? types.includes(name) : /(Patch|List)$/.test(name);
    return isUnread && !allowed.includes(name) ? [`it is a ${name}, which no rule reads`] : [];
  },
});
