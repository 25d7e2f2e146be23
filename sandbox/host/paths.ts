import { join } from "node:path";

/** Where the sandbox of one checkout keeps its things. All paths are absolute. */
export interface SandboxPaths {
  /** The checkout. */
  readonly root: string;

  /** State of this checkout; removing it forgets the sandbox. */
  readonly stateDir: string;

  /** Pulumi's local file backend. */
  readonly backendDir: string;

  /** Kubeconfig file of the sandbox's own cluster. */
  readonly kubeconfig: string;

  /** KWOK_WORKDIR. */
  readonly kwokDir: string;

  /** State of the Datadog stand-in. */
  readonly datadogDir: string;

  /** State of the stand-in of the Datadog agent. */
  readonly agentDir: string;

  /** Records of the processes that were started, one JSON file each. */
  readonly runDir: string;

  /** Output of the processes that were started. */
  readonly logsDir: string;

  /** Shared by all checkouts of this user: what was downloaded or built. */
  readonly cacheDir: string;

  /** Downloaded and built executables. */
  readonly binDir: string;

  /** PULUMI_HOME, with the provider plugins. */
  readonly pulumiHome: string;

  /** npm's Node where the machine's own is too old. */
  readonly nodeDir: string;
}

/**
 * Paths of the sandbox of a checkout.
 *
 * @param root absolute path of the checkout
 * @param env `XDG_CACHE_HOME` wins over `HOME`; a relative one is ignored, as its specification says
 * @throws if neither names an absolute folder
 */
export function sandboxPaths(
  root: string,
  env: { readonly XDG_CACHE_HOME?: string | undefined; readonly HOME?: string | undefined },
): SandboxPaths {
  const stateDir = join(root, ".sandbox");
  const cacheDir = join(userCacheDir(env.XDG_CACHE_HOME, env.HOME), "sock-shop-incident");
  return {
    root,
    stateDir,
    backendDir: join(stateDir, "backend"),
    kubeconfig: join(stateDir, "kubeconfig"),
    kwokDir: join(stateDir, "kwok"),
    datadogDir: join(stateDir, "datadog"),
    agentDir: join(stateDir, "agent"),
    runDir: join(stateDir, "run"),
    logsDir: join(stateDir, "logs"),
    cacheDir,
    binDir: join(cacheDir, "bin"),
    pulumiHome: join(cacheDir, "pulumi-home"),
    nodeDir: join(cacheDir, "node"),
  };
}

function userCacheDir(xdgCacheHome = "", home = ""): string {
  if (xdgCacheHome.startsWith("/")) return xdgCacheHome;
  if (home.startsWith("/")) return join(home, ".cache");
  throw new Error(
    `no cache folder: XDG_CACHE_HOME is "${xdgCacheHome}" and HOME is "${home}"; ` +
      "set one of them to an absolute path",
  );
}
