import type { Environment } from "./run-program.ts";

/**
 * What the user says about colours in the environment, as Node and most tools read it: FORCE_COLOR
 * first, then NO_COLOR. Undefined where the terminal decides.
 */
function wantsColours({ FORCE_COLOR: force, NO_COLOR: no }: Environment): boolean | undefined {
  if (force !== undefined) return !["0", "false"].includes(force);
  return no === undefined || no === "" ? undefined : false;
}

/** Arguments for pulumi, which reads NO_COLOR but not FORCE_COLOR. */
export function colourArguments(env: Environment): readonly string[] {
  const wanted = wantsColours(env);
  if (wanted === undefined) return [];
  return ["--color", wanted ? "always" : "never"];
}
