import { execFile } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { expect } from "chai";

const root = join(import.meta.dirname, "../..");
const run = promisify(execFile);

/** Prints the address of every module that a run loads, one a line, on standard error. */
const tracer = `data:text/javascript,${encodeURIComponent(
  'import { registerHooks } from "node:module";' +
    "registerHooks({ load: (url, context, next) => {" +
    'if (!url.startsWith("node:")) process.stderr.write(url + "\\n"); return next(url, context); } });',
)}`;

/** Actions and npm packages that a command line loads. */
async function loadedBy(...argv: readonly string[]): Promise<readonly string[]> {
  const cached = ["--require", join(root, "sandbox/plugins/strip-cache.js")];
  const args = [...cached, "--import", tracer, join(root, "cli/main.ts"), ...argv];
  const { stderr } = await run(process.execPath, args, { cwd: root });
  const loaded = stderr.split("\n").flatMap((url) => {
    const found = /\/(?:node_modules\/((?:@[^/]+\/)?[^/]+)|cli\/(actions\/.+))/.exec(url);
    return found?.[1] ?? found?.[2] ?? [];
  });
  return [...new Set(loaded)].sort();
}

describe("loading of lab", function () {
  // each case starts processes of its own
  this.timeout(30_000);

  it("loads no action for help, version and completion", async () => {
    const lines = [["up", "--help"], ["--version"], ["__complete", "up", "--"]];

    const loaded = await Promise.all(lines.map((argv) => loadedBy(...argv)));

    expect(loaded).to.deep.equal(lines.map(() => ["commander"]));
  });

  it("loads the action of the command that runs, and no other", async () => {
    const loaded = await loadedBy("down", "--dry-run");

    expect(loaded.filter((name) => name.startsWith("actions/"))).to.deep.equal(["actions/down.ts"]);
    expect(loaded).to.include("yaml");
  });
});
