/** A variable of a dashboard; `default` is the older form of `defaults`. */
export interface TemplateVariable {
  readonly name: string;
  readonly default?: string | null;
  readonly defaults?: readonly string[] | null;
}

/** What is wrong with the variables of a dashboard beyond their shape. */
export function whyNotTemplateVariables(
  variables: readonly TemplateVariable[],
): string | undefined {
  for (const { name, default: one, defaults } of variables) {
    if (typeof one === "string" && defaults) {
      return `'template_variables' is invalid: "${name}" has both default and defaults`;
    }
    if (defaults?.includes("") === true) {
      return `Minimum length of parameter 'defaults' should be 1: "${name}" has an empty one`;
    }
  }
  return undefined;
}

const mostTags = 5;

/** Tags of a dashboard name teams alone. */
export function whyNotTags(tags: readonly string[]): string | undefined {
  if (tags.length > mostTags) {
    return `at most ${mostTags} tags are allowed, got ${tags.length}`;
  }
  return tags.every((tag) => tag.startsWith("team:"))
    ? undefined
    : "Invalid tag format. Valid tag keys are: team.";
}
