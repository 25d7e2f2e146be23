/** What to add to a command of `lab` so that it is about this stack. */
export function stackHint(stack: string): string {
  return stack === "sandbox" ? "" : ` --stack ${stack}`;
}

/** That there is no stack yet, and what makes it. */
export function notDeployed(stack: string): string {
  return `nothing is deployed yet; run ./lab up${stackHint(stack)}`;
}
