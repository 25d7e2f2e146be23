import { isWorkload, labelOf } from "../kubernetes.ts";
import { anyHolds, checkResources, type Resource, stackRule, type Stack } from "../rule.ts";
import { at, listAt, textAt } from "../values.ts";

export const catalogEntities = stackRule({
  name: "catalog-entities",
  description:
    "Every entity of the Software Catalog has an owner, is a service that the stack runs or a system " +
    "of such, and depends on declared entities alone",
  why: "A service that was renamed stays in the catalog, and its dependencies lead nowhere.",
  fix: "make the entities of the list that the workloads are made of",
  level: "mandatory",
  settings: {},
  evaluate({ resources }: Stack) {
    const all = resources.filter(isEntity);
    const workloads = resources.filter(isWorkload);
    const runs = (service: string) =>
      anyHolds(workloads, (it) => labelOf(it, "tags.datadoghq.com/service") === service);
    const isDeclared = (reference: string) =>
      anyHolds(all, (it) => referenceOf(entityOf(it)) === reference);
    return checkResources(all, (resource) => {
      const entity = entityOf(resource);
      if (entity === undefined) return ["its entity is no JSON, which these rules read"];
      const name = textAt(entity, "metadata", "name") ?? "";
      return [
        ...(textAt(entity, "metadata", "owner") === undefined ? ["it has no owner"] : []),
        ...(textAt(entity, "kind") === "service" && !runs(name)
          ? [`nothing runs service ${name}`]
          : []),
        ...referencesIn(entity)
          .filter((reference) => !isDeclared(reference))
          .map((reference) => `it names ${reference}, which is not declared`),
      ];
    });
  },
});

function isEntity({ type }: Resource): boolean {
  return type === "datadog:index/softwareCatalog:SoftwareCatalog";
}

function entityOf({ inputs }: Resource): unknown {
  const text = textAt(inputs, "entity") ?? "";
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function referenceOf(entity: unknown): string {
  return `${textAt(entity, "kind") ?? ""}:${textAt(entity, "metadata", "name") ?? ""}`;
}

function referencesIn(entity: unknown): readonly string[] {
  const spec = at(entity, "spec");
  return ["dependsOn", "components", "componentOf"]
    .flatMap((field) => listAt(spec, field))
    .map((reference) => textAt(reference) ?? "");
}
