import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { SandboxPaths } from "../../sandbox/host/paths.ts";
import type { Environment } from "../context/run-program.ts";
import { isSandboxed } from "./stack-config.ts";
import type { StackTargets } from "./stack-config.ts";

/** Passphrase of the sandbox's state, which holds nothing worth hiding; the salt is committed. */
const sandboxPassphrase = "sandbox";

/** What the environment of a program is made of. */
export interface EnvironmentParts {
  readonly paths: SandboxPaths;

  /** Absolute path of the Node that programs are to find first. */
  readonly node: string;

  /** The user's own environment. */
  readonly base: Environment;
}

/**
 * Environment for pulumi, kubectl and the shell that `lab shell` opens. A stack on the user's own
 * cluster keeps the user's Pulumi login, state and kubeconfig: only the tools are added to PATH.
 */
export function stackEnvironment(targets: StackTargets, parts: EnvironmentParts): Environment {
  const { paths, node, base } = parts;
  const path = [dirname(node), paths.binDir, base["PATH"] ?? ""].filter((part) => part !== "");
  const tools = {
    ...base,
    PATH: path.join(delimiter),
    // stand-ins of plugins stand in a folder that all checkouts share; this says whose they run
    SOCK_SHOP_ROOT: paths.root,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    NODE_COMPILE_CACHE: join(paths.cacheDir, "compile-cache"),
  };
  if (targets.kubeContext !== undefined) return tools;
  return {
    ...tools,
    PULUMI_HOME: paths.pulumiHome,
    // without the backend's files of attributes: an engine that is killed can leave one half written
    // (it is not moved into its place as the state is), and none could read the state after that
    PULUMI_BACKEND_URL: `${pathToFileURL(paths.backendDir).href}?metadata=skip`,
    ...(isSandboxed(targets) && { PULUMI_CONFIG_PASSPHRASE: sandboxPassphrase }),
    KUBECONFIG: paths.kubeconfig,
  };
}
