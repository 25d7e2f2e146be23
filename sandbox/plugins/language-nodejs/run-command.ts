import type { RuntimeOptions } from "./runtime-options.ts";

// The SDK exits with it after it has shown the user an error of the program.
const EXIT_AFTER_SHOWN_ERROR = 32;

/** What the engine asks to run. */
export interface RunRequest {
  readonly monitorAddress: string;
  readonly engineAddress: string;
  readonly organization: string;
  readonly project: string;
  readonly stack: string;
  readonly rootDirectory: string;
  readonly programDirectory: string;
  readonly entryPoint: string;
  readonly parallel: number;
  readonly dryRun: boolean;
  readonly args: readonly string[];

  /** Values by `<namespace>:<key>`, secrets in the clear. */
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
}

/** How a process of node is started. */
export interface NodeCommand {
  readonly args: readonly string[];

  /** Variables on top of the host's own. They carry secrets: never log them. */
  readonly env: Readonly<Record<string, string>>;
}

/** How a process ended: by code, or by signal. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The command of the SDK's runner (`runPath`) for the program. */
export function runCommand(
  request: RunRequest,
  options: RuntimeOptions,
  runPath: string,
): NodeCommand {
  const flags = {
    monitor: request.monitorAddress,
    engine: request.engineAddress,
    organization: request.organization,
    project: request.project,
    "root-directory": request.rootDirectory,
    stack: request.stack,
    pwd: request.programDirectory,
    parallel: String(request.parallel),
  };
  const given = Object.entries(flags).filter(([, value]) => value !== "");
  return {
    args: [
      ...options.nodeargs,
      runPath,
      ...given.flatMap(([name, value]) => [`--${name}`, value]),
      ...(request.dryRun ? ["--dry-run"] : []),
      request.entryPoint,
      ...request.args,
    ],
    env: {
      PULUMI_CONFIG: JSON.stringify(request.config),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.secretKeys),
      ...typescriptEnv(options),
    },
  };
}

/** Variables by which the SDK learns whether to set up ts-node. */
export function typescriptEnv(options: RuntimeOptions): Record<string, string> {
  return {
    ...(options.typescript && { PULUMI_NODEJS_TYPESCRIPT: "true" }),
    ...(options.tsconfig !== undefined && { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig }),
  };
}

/** What the engine is told: an error to show, or to stop because the user has seen one. */
export interface RunOutcome {
  readonly error: string;
  readonly bail: boolean;
}

export function runOutcome({ code, signal }: ProcessEnd): RunOutcome {
  if (code === 0) return { error: "", bail: false };
  if (code === EXIT_AFTER_SHOWN_ERROR) return { error: "", bail: true };
  if (signal !== null) return { error: `program was ended by ${signal}`, bail: false };
  return { error: `Program exited with non-zero exit code: ${code ?? "none"}`, bail: false };
}
