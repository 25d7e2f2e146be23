import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readMonitors } from "../../simulation/history/read-monitors.ts";
import type { Tried } from "../../simulation/history/backtest.ts";
import type { Context } from "../context/context.ts";
import { Failure } from "../context/errors.ts";

/** Prints what a checkout declares; run in a process of its own, because Pulumi's mocks are global. */
const program = (root: string): string => `
await import(${JSON.stringify(join(root, "settings/settings.ts"))});
const { declaredStack } = await import(${JSON.stringify(join(root, "simulation/declared/declared.ts"))});
const { monitors, slos } = await declaredStack("weave");
const shown = monitors.map(({ id, title, type, query, options }) => ({ id, name: title, type, query, options }));
console.log(JSON.stringify({ monitors: shown, slos }));
process.exit(0);
`;

/** The monitors that a checkout declares, as the sandbox's configuration has them. */
export async function declaredMonitors(root: string, { run, node, env }: Context): Promise<Tried> {
  const args = ["--input-type=module", "--eval", program(root)];
  const { code, stdout, stderr } = await run.capture({ file: node, args, cwd: root, env });
  if (code === 0) {
    const { slos } = JSON.parse(stdout) as Pick<Tried, "slos">;
    return { monitors: readMonitors(stdout), ...(slos && { slos }) };
  }
  const reason = /^\w*Error.*$/m.exec(stderr)?.[0] ?? stderr.trim().split("\n")[0] ?? "";
  throw new Failure(`the monitors that are declared cannot be read: ${reason}`);
}

/** The same of another revision, in a work tree of its own. */
export async function monitorsAt(ref: string, context: Context): Promise<Tried> {
  const { root, run, env } = context;
  const folder = await mkdtemp(join(tmpdir(), "lab-replay-"));
  const tree = join(folder, "tree");
  const git = (...args: string[]) => run.capture({ file: "git", args, cwd: root, env });
  try {
    const added = await git("worktree", "add", "--detach", tree, ref);
    if (added.code !== 0) {
      throw new Failure(
        `there is no revision ${ref}: ${added.stderr.trim().split("\n").at(-1) ?? ""}`,
      );
    }
    await symlink(join(root, "node_modules"), join(tree, "node_modules"));
    return await declaredMonitors(tree, context);
  } finally {
    await git("worktree", "remove", "--force", tree);
    await rm(folder, { recursive: true, force: true });
  }
}
