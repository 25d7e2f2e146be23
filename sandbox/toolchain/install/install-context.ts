import type { SandboxPaths } from "../../host/paths.ts";
import type { Run } from "../../host/run-command.ts";
import type { Network } from "../download/download.ts";
import type { Platform } from "../platform.ts";

/** Where tools are looked for and installed, and with what. */
export interface InstallContext {
  readonly paths: SandboxPaths;

  /** The user's environment. */
  readonly env: Readonly<Record<string, string | undefined>>;

  /** Absolute path of the Node that stand-ins run on. */
  readonly node: string;
  readonly platform: Platform | undefined;
  readonly run: Run;
  readonly network: Network;

  /** SHA-256 of downloads by their address. @default - those of this repository */
  readonly pinned?: Readonly<Record<string, string>>;
}
