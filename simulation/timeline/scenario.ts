import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type * as z from "zod";
import { scenarioSchema } from "./scenario-schema.ts";
import { readYaml } from "./yaml-file.ts";

/** Folder of the scenarios, one file each. */
const scenarioFolder = join(import.meta.dirname, "..", "scenarios");

export type Scenario = z.infer<typeof scenarioSchema> & { readonly name: string };

/**
 * Every scenario, by name.
 *
 * @throws one line for each problem of a file, or for each row of docs/detection.md that two have
 */
export function allScenarios(folder = scenarioFolder): readonly Scenario[] {
  const scenarios = readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .map((file) => {
      return { name: basename(file, ".yaml"), ...readYaml(join(folder, file), scenarioSchema) };
    });
  const problems = scenarios.flatMap(({ name, mode }, index) => {
    const other = scenarios.slice(0, index).find((one) => one.mode === mode);
    return other === undefined
      ? []
      : [`${name}.yaml: mode: "${mode}" is that of ${other.name}.yaml`];
  });
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return scenarios;
}
