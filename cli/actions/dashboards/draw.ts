import { join, resolve } from "node:path";
import type { Context } from "../../context/context.ts";
import { openSession } from "../../stack/stack-session.ts";

interface DashboardsDrawRequest {
  readonly scenario: string;
  readonly out: string;
  readonly stack: string;
}

/** Draws in a process of its own, as the simulation runs. */
export async function runDashboardsDraw(
  { scenario, out, stack }: DashboardsDrawRequest,
  context: Context,
): Promise<number> {
  const { env } = await openSession({ stack }, context);
  const { run, root, node } = context;
  const program = join("simulation", "draw.ts");
  const args = [
    "--disable-warning=ExperimentalWarning",
    program,
    "--scenario",
    scenario,
    "--out",
    resolve(root, out),
  ];
  return await run.attach({ file: node, args, cwd: root, env });
}
