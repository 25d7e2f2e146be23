import { execFileSync } from "node:child_process";

/** What git knows of a folder. */
export interface Clone {
  /** Addresses of its remotes as `git clone` took them, by name. */
  readonly remotes: Readonly<Record<string, string>>;

  /** Path of the runbook from the top of the repository; absent where git does not track it. */
  readonly runbook?: string;
}

const runbookFile = "docs/runbook.md";

/**
 * Browser address of the runbook of a clone on GitHub; undefined for one that is elsewhere.
 *
 * Clones of one repository get one address, so that deploying from another one changes no monitor:
 * it is the same by SSH and HTTPS, on every branch, and for a fork whose clone names its source
 * `upstream`, as `gh repo clone` does. Names and passwords in a remote's address are left out.
 */
export function runbookAddress({ remotes, runbook }: Clone): string | undefined {
  const remote = remotes["upstream"] ?? remotes["origin"];
  const repository = remote === undefined ? undefined : repositoryPage(remote);
  if (repository === undefined || runbook === undefined) return undefined;
  const path = runbook.split("/").map(encodeURIComponent).join("/");
  return `${repository}/blob/HEAD/${path}`;
}

/**
 * Page of a repository on GitHub by the address of a remote, in each form that git takes:
 * `git@host:owner/name`, `ssh://…`, `git://…`, `https://…`. Undefined for other hosts: each writes
 * the address of a file in its own way.
 */
export function repositoryPage(remote: string): string | undefined {
  const url = /^[a-z][a-z+]*:\/\//i.test(remote) ? remote : fromScp(remote);
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { protocol, hostname, port, pathname } = new URL(url);
  const [, owner, name] = /^\/+([\w.-]+)\/([\w.-]+?)(?:\.git)?\/*$/.exec(pathname) ?? [];
  const host = githubHost(hostname);
  if (host === undefined || owner === undefined || name === undefined) return undefined;
  // The port of SSH leads to no page.
  return `https://${host}${protocol === "https:" && port !== "" ? `:${port}` : ""}/${owner}/${name}`;
}

/** `user@host:path`, as SSH has it; a path of this machine has no host before a colon. */
function fromScp(remote: string): string | undefined {
  const [, host, path] = /^(?:[^@/\s]+@)?([\w.-]+):(?!\/\/)\/?(.+)$/.exec(remote) ?? [];
  return host === undefined || path === undefined ? undefined : `ssh://${host}/${path}`;
}

/**
 * The host in a browser. GitHub Enterprise has names of its own: only one that says `github`, or
 * GitHub's own `ghe.com`, is sure to be one. A host without a dot is an alias of somebody's SSH.
 */
function githubHost(host: string): string | undefined {
  if (/^(?:ssh\.|www\.)?github\.com$/.test(host)) return "github.com";
  return /^(?:[\w-]+\.)*(?:[\w-]*github[\w-]*\.[\w.-]+|ghe\.com)$/.test(host) ? host : undefined;
}

/** Asks git of a folder; nothing where git is missing, or the folder is in no repository. */
export function cloneAt(folder: string): Clone {
  const git = (...args: string[]): string[] => {
    try {
      return execFileSync("git", args, {
        cwd: folder,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      }).split("\0");
    } catch {
      return [];
    }
  };
  const [runbook = ""] = git("ls-files", "-z", "--full-name", "--error-unmatch", runbookFile);
  const remotes = git("config", "--local", "-z", "--get-regexp", String.raw`^remote\..*\.url$`)
    .map((entry) => /^remote\.(.+)\.url\n(.+)$/s.exec(entry))
    .flatMap((found) => (found ? [[found[1] ?? "", found[2] ?? ""] as const] : []));
  return {
    // Of several addresses of one remote git asks the first.
    remotes: Object.fromEntries(remotes.toReversed()),
    ...(runbook !== "" && { runbook }),
  };
}
