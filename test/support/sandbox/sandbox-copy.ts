import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { freePort, isPortFree } from "../../../sandbox/host/ports.ts";

const checkout = join(import.meta.dirname, "..", "..", "..");
const leftOut = new Set([".git", ".sandbox", "runs", "node_modules", "coverage", "test", "docs"]);

/** Shorter than a test's time limit, so that the test fails with what the program has printed. */
const patienceMs = 420_000;

/** How a run of `lab` ended. */
interface LabResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A copy of the checkout with a sandbox of its own: state, cluster and ports. */
export interface SandboxCopy {
  readonly root: string;

  /** Port of its Datadog stand-in. */
  readonly port: number;

  /** Port of its front-end. */
  readonly frontEndPort: number;

  /** Starts `lab` and hands out the process and its end. */
  start(...args: readonly string[]): { child: ChildProcess; end: Promise<LabResult> };

  /** Runs `lab` to its end. */
  lab(...args: readonly string[]): Promise<LabResult>;

  /** Runs targets of the Makefile to their end; variables as `NAME=value`. */
  make(...args: readonly string[]): Promise<LabResult>;

  /** Runs a program in the environment of `lab shell` and fails with it; returns its output. */
  sh(...command: readonly string[]): Promise<string>;

  /** The stack's configuration file. */
  config(): string;

  /** Ends the sandbox without a destroy, which stack.spec.ts proves and which takes long. */
  stop(): Promise<void>;

  /** Ends the sandbox that way, and removes the copy. */
  end(): Promise<void>;

  /** Removes the copy; the sandbox must be down. */
  remove(): void;
}

/**
 * Copies the checkout, so that tests neither touch a developer's running sandbox nor the flag in the
 * work tree. Tools come from the same cache.
 */
export async function copyCheckout(): Promise<SandboxCopy> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "sock-shop-e2e-")));
  const filter = (source: string): boolean => source === checkout || !leftOut.has(basename(source));
  cpSync(checkout, root, { recursive: true, preserveTimestamps: true, filter });
  symlinkSync(join(checkout, "node_modules"), join(root, "node_modules"));
  const port = await freePort();
  const frontEndPort = await frontEndPorts();
  const file = join(root, "Pulumi.sandbox.yaml");
  const text = readFileSync(file, "utf8").replace("127.0.0.1:2026", `127.0.0.1:${port}`);
  // the load is real: short enough for a test, long enough for a second order of each customer;
  // written as pulumi writes it, so that leaving gives the file back to the letter
  const load = "{users: 4, rate: 4, runTime: 15s}";
  writeFileSync(
    file,
    `${text}  sock-shop:frontEndUrl: http://localhost:${frontEndPort}\n  sock-shop:load: ${load}\n`,
  );

  const start: SandboxCopy["start"] = (...args) => startLab(root, args);
  const lab: SandboxCopy["lab"] = (...args) => start(...args).end;
  const stop = async (): Promise<void> => {
    // nothing is deployed any more, as far as lab can know
    rmSync(join(root, ".sandbox", "backend"), { recursive: true, force: true });
    const { code, stdout, stderr } = await lab("down");
    if (code !== 0) throw new Error(`lab down: exit code ${code}\n${stdout}${stderr}`);
  };
  return {
    root,
    port,
    frontEndPort,
    start,
    lab,
    make: (...args) => startProgram(root, "make", ["--no-print-directory", ...args]).end,
    async sh(...command) {
      const { code, stdout, stderr } = await lab("shell", "--", ...command);
      if (code !== 0) throw new Error(`${command.join(" ")}: exit code ${code}\n${stderr}`);
      return stdout;
    },
    config: () => readFileSync(file, "utf8"),
    stop,
    end: async () => {
      await stop();
      rmSync(root, { recursive: true });
    },
    remove: () => {
      rmSync(root, { recursive: true });
    },
  };
}

/** A free port with two behind the next one: the shop's control address and the agent's go there. */
async function frontEndPorts(): Promise<number> {
  for (;;) {
    const port = await freePort();
    if ((await isPortFree(port + 2)) && (await isPortFree(port + 3))) return port;
  }
}

function startLab(root: string, args: readonly string[]): ReturnType<SandboxCopy["start"]> {
  // as the script `lab` does, but without its look at the npm packages, which the copy only links
  const cached = ["--require", join(root, "sandbox", "plugins", "strip-cache.js")];
  return startProgram(root, process.execPath, [...cached, join(root, "cli", "main.ts"), ...args]);
}

function startProgram(
  cwd: string,
  file: string,
  args: readonly string[],
): ReturnType<SandboxCopy["start"]> {
  const stdio = ["ignore", "pipe", "pipe"] as const;
  const child = spawn(file, args, { cwd, env: ownEnvironment(), stdio: [...stdio] });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const timer = setTimeout(() => {
    stderr += `still running after ${patienceMs / 1000} s: ended by the test\n`;
    child.kill("SIGTERM");
  }, patienceMs);
  const end = new Promise<LabResult>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? -1, stdout, stderr });
    });
  });
  return { child, end };
}

/** Our environment without what the surrounding `lab shell` or the user set for other stacks. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(
    ([name]) => !name.startsWith("PULUMI_") && name !== "KUBECONFIG",
  );
  return Object.fromEntries(entries);
}
