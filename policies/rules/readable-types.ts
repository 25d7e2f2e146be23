import { resourceRule, stringList } from "../rule.ts";

export const readableTypes = resourceRule({
  name: "readable-types",
  description: "Everything is declared in full, as a type that these rules read",
  why: "What no rule reads passes all of them, whatever it says.",
  fix:
    "declare a monitor as Monitor, a dashboard as DashboardJson, " +
    "and an object of Kubernetes itself instead of a patch or a list",
  level: "mandatory",
  settings: {
    types: stringList(
      "Types of Datadog that are read in another form only.",
      "MonitorJson",
      "Dashboard",
      "DashboardV2",
    ),
    allowed: stringList("Types that may be used unread, for instance NamespacePatch."),
  },
  evaluate({ type }, { types, allowed }) {
    const [, provider, name = ""] = /^(datadog|kubernetes):[^:]+:(\w+)$/.exec(type) ?? [];
    const isUnread = provider === "datadog" ? types.includes(name) : /(Patch|List)$/.test(name);
    return isUnread && !allowed.includes(name) ? [`it is a ${name}, which no rule reads`] : [];
  },
});
