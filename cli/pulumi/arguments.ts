/** What one `pulumi up` is to do. */
export interface UpOptions {
  readonly stack: string;

  /** State to set the flag to; the flag is saved in the stack's file before anything changes. */
  readonly incident?: string;

  /** Compare with what really runs first. */
  readonly refresh?: boolean;

  /** Show every property that changes. */
  readonly diff?: boolean;

  /** Let the policies judge a preview before anything changes. */
  readonly withPolicies?: boolean;

  /** The toolchain installed every plugin; otherwise the engine is to look for them first. */
  readonly pluginsReady?: boolean;
}

/** Without it the engine starts the language host once more, only to ask which plugins it needs. */
const skipPluginSearch = "--skip-plugin-pre-install";

/** The addresses of all monitors would bury what comes after them; `pulumi stack output` has them. */
const withoutOutputs = "--suppress-outputs";

/** The pack of this checkout. */
const policyPack = ["--policy-pack", "policies"];

/**
 * Arguments of `pulumi up`. Where the policies judge, they judge a preview first, so that what they
 * forbid stops the update before anything changes. Leaving an incident is judged by nothing: it must
 * always work. Without policies a preview would only cost a second run of the program.
 */
export function upArguments(options: UpOptions): string[] {
  const { stack, incident, refresh, diff, withPolicies, pluginsReady } = options;
  return [
    "up",
    "--stack",
    stack,
    "--yes",
    withoutOutputs,
    ...(withPolicies === true && incident !== "none" ? policyPack : ["--skip-preview"]),
    ...(pluginsReady === true ? [skipPluginSearch] : []),
    ...(incident === undefined ? [] : ["--config", `incident=${incident}`]),
    ...(refresh === true ? ["--refresh"] : []),
    ...(diff === true ? ["--diff"] : []),
  ];
}

export function createStackArguments(stack: string): string[] {
  return ["stack", "select", "--create", stack];
}

export function destroyArguments(stack: string): string[] {
  return ["destroy", "--stack", stack, "--yes", withoutOutputs, "--skip-preview"];
}

/** Drops the locks of an update that died. */
export function cancelArguments(stack: string): string[] {
  return ["cancel", "--stack", stack, "--yes"];
}

/** Prints the state; secrets stay encrypted. */
export function exportArguments(stack: string): string[] {
  return ["stack", "export", "--stack", stack];
}

/** Replaces the state by a file. */
export function importArguments(stack: string, file: string): string[] {
  return ["stack", "import", "--stack", stack, "--file", file];
}

/** Reads every resource of a stack in the sandbox again. */
export function refreshArguments(stack: string): string[] {
  return ["refresh", "--stack", stack, "--yes", "--skip-preview", skipPluginSearch];
}

/** Previews a stack with the policy pack; the engine's event log goes to a file. */
export function previewArguments(options: {
  readonly stack: string;

  /** Configuration file to take instead of the stack's own. */
  readonly file: string;
  readonly log: string;
}): string[] {
  const { stack, file, log } = options;
  return [
    "preview",
    "--stack",
    stack,
    "--config-file",
    file,
    ...policyPack,
    skipPluginSearch,
    "--event-log",
    log,
  ];
}

/** Looks what is there, and previews a stack against it; the engine's event log goes to a file. */
export function driftArguments(options: {
  readonly stack: string;
  readonly log: string;
  readonly pluginsReady: boolean;
}): string[] {
  const { stack, log, pluginsReady } = options;
  return [
    "preview",
    "--stack",
    stack,
    "--refresh",
    ...policyPack,
    ...(pluginsReady ? [skipPluginSearch] : []),
    "--event-log",
    log,
  ];
}
