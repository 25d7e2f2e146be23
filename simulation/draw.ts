/** `./lab dashboards draw`: every declared dashboard over a replayed scenario, as SVG and PNG. */
import "../settings/settings.ts";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { sandboxPaths } from "../sandbox/host/paths.ts";
import { run } from "../sandbox/host/run-command.ts";
import { ensurePython } from "../sandbox/toolchain/python/python.ts";
import { boardPicture } from "./drawing/board-picture.ts";
import { unexplained } from "./drawing/empty-widgets.ts";
import { pngOf } from "./drawing/png.ts";
import { scenarioStandIn } from "./drawing/scenario-stand-in.ts";
import { createSimulator } from "./replay/simulator.ts";
import { allScenarios } from "./timeline/scenario.ts";

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<number> {
  const options = { scenario: { type: "string" }, out: { type: "string" } } as const;
  const { scenario: name = "", out = "" } = parseArgs({ options }).values;
  const all = allScenarios();
  const scenario = all.find((one) => one.name === name);
  if (scenario === undefined) {
    throw new Error(`no scenario "${name}"; there are ${all.map((one) => one.name).join(", ")}`);
  }
  const root = join(import.meta.dirname, "..");
  const site = { paths: sandboxPaths(root, process.env), env: process.env, run };
  const simulator = createSimulator(join(await ensurePython("vrl", site, say), "python"));
  try {
    const recording = await simulator.recording(scenario);
    const standIn = await scenarioStandIn(await simulator.declared(scenario.images), recording);
    await mkdir(out, { recursive: true });
    let missing = 0;
    for (const id of standIn.boards) {
      const { title, slug, svg, empty } = await boardPicture(id, standIn);
      await writeFile(join(out, `${slug}.svg`), svg);
      await writeFile(join(out, `${slug}.png`), pngOf(svg));
      say(`${title}: ${join(out, slug)}.svg and .png`);
      for (const widget of unexplained(empty)) {
        missing += 1;
        say(`FAILED "${widget}" shows no data in the scenario ${name}`);
      }
    }
    await standIn.close();
    return missing === 0 ? 0 : 1;
  } finally {
    await simulator.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`dashboards draw: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
