import type { LogEngine } from "../../sandbox/datadog/logs/pipeline-engine.ts";
import type { SandboxPaths } from "../../sandbox/host/paths.ts";
import type { ShopClient } from "../../sandbox/shop/client.ts";
import type { Tool } from "../../sandbox/toolchain/find-tool.ts";
import type { Environment } from "./run-program.ts";

/** A part of the sandbox that runs. */
export interface RunningPart {
  /** Address to reach it at. */
  readonly address: string;
  readonly pid?: number;
  /** More about it for the user, for instance `3 nodes`. */
  readonly detail: string;
  /** Set when it was created by this call, so that it holds nothing from before. */
  readonly isNew?: boolean;
}

/** What the parts need to know. */
export interface PartOptions {
  readonly paths: SandboxPaths;
  /** The user's own environment. */
  readonly env: Environment;
  /** Node that long-running programs of ours are started with. */
  readonly node: string;
  readonly write: (text: string) => void;
  /** Whether `write` goes to a terminal. */
  readonly terminal: boolean;
  /** Whether the sandbox's own cluster is used, which needs more tools. */
  readonly ownCluster: boolean;
}

/** A port of this machine that a server listens on. */
interface ServerPort {
  readonly port: number;

  /** What to do when somebody else is to keep it, as in "choose another by …". */
  readonly remedy: string;
}

/** A part of the sandbox that is one process of ours. */
export interface ServerSpec {
  /** Names the part, its record and its log file. */
  readonly name: string;

  /** What it is called in a sentence, as in "the Datadog stand-in". */
  readonly title: string;

  /** More about it for the user, beside its address. */
  readonly detail: string;

  /** Where people open it. */
  readonly address: string;

  /** Every port that it listens on; one that moved to other ports is restarted. */
  readonly ports: readonly ServerPort[];

  /** Whether it talks to the sandbox's cluster, which then has to run first. */
  readonly needsCluster: boolean;

  /** Program, relative to the checkout, and its arguments. */
  readonly command: (paths: SandboxPaths) => Promise<readonly [program: string, ...args: string[]]>;

  /** Whether it answers, and is what it should be. */
  readonly isReady: () => Promise<boolean>;

  /** What goes wrong in it although it answers; shown instead of `detail`. */
  readonly problem?: () => Promise<string | undefined>;
}

/** VRL in a process of its own, until it is closed. */
interface OpenLogEngine {
  readonly engine: LogEngine;
  close(): Promise<void>;
}

/** A tool as `lab doctor` shows it. */
export interface ToolRow {
  readonly name: string;
  readonly ready: boolean;
  readonly version: string;
  /** Path, or what would install it. */
  readonly where: string;
}

/**
 * The sandbox as the commands see it: what each part is made of is the business of `sandbox/`.
 * Errors carry one line for the user.
 */
export interface SandboxParts {
  /**
   * Installs every tool that is missing; returns all tools.
   *
   * @param retryStandIns try the official downloads again where a stand-in was placed
   */
  installToolchain(options: PartOptions, retryStandIns?: boolean): Promise<readonly Tool[]>;

  /** Looks for the tools without fetching anything. */
  inspectToolchain(options: PartOptions): Promise<readonly ToolRow[]>;

  /** Starts the cluster, or finds it running. */
  startCluster(options: PartOptions, tools: readonly Tool[]): Promise<RunningPart>;

  /** The cluster, if it runs and answers. */
  findCluster(options: PartOptions): Promise<RunningPart | undefined>;

  stopCluster(options: PartOptions): Promise<void>;

  /** Starts a server of the sandbox, or finds it running. */
  startServer(options: PartOptions, server: ServerSpec): Promise<RunningPart>;

  /** A server of the sandbox, if it runs and answers. */
  findServer(options: PartOptions, server: ServerSpec): Promise<RunningPart | undefined>;

  /** Ends a server of the sandbox, if it runs. */
  stopServer(options: PartOptions, server: ServerSpec): Promise<void>;

  /** Ids of the monitors of that name in the Datadog stand-in. */
  monitorsNamed(port: number, name: string): Promise<readonly string[]>;

  /** VRL, which runs log pipelines; installs it first where it is missing. */
  openLogEngine(options: PartOptions): Promise<OpenLogEngine>;

  /** What the shop that runs says about itself. */
  shop(controlPort: number): Pick<ShopClient, "ledger" | "pods">;

  /** Ends every process of this checkout that still runs; returns their names. */
  stopProcesses(options: PartOptions): Promise<readonly string[]>;
}
