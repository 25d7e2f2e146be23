import { execFile, spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { readdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";

/** The script `lab` in a checkout of stubs: Node tells how it was called, npm installs nothing. */
describe("script lab", () => {
  let root: string;

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "lab script-")));
    copyFileSync(join(import.meta.dirname, "..", "lab"), join(root, "lab"));
    const node = executable("bin/node", 'echo "node $* cache=${NODE_COMPILE_CACHE:-none}"');
    executable(
      "bin/npm",
      'echo "npm $*" >&2; mkdir node_modules; : >node_modules/.package-lock.json',
    );
    executable("sandbox/toolchain/bootstrap.sh", `echo '${node}'`);
    writeFileSync(join(root, "package-lock.json"), "{}");
  });

  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  function executable(name: string, body: string): string {
    const file = join(root, name);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${body}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  const env = { PATH: process.env["PATH"], HOME: "/home/me" };

  function lab(args: readonly string[], script = join(root, "lab")) {
    const { status, stdout, stderr } = spawnSync("sh", [script, ...args], {
      env,
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  }

  const cache = "/home/me/.cache/sock-shop-incident/compile-cache";
  const installing = "lab: installing the npm packages of package-lock.json\n";
  const call = (args: string, where: string): string =>
    `node --require ${where}/sandbox/plugins/strip-cache.js ${where}/cli/main.ts ${args}\n`;

  it("installs the packages once, says so, and calls lab with all arguments", () => {
    const first = lab(["up", "--stack", "dev"]);
    const second = lab(["up"]);

    expect(first).to.deep.equal({
      status: 0,
      stdout: call(`up --stack dev cache=${cache}`, root),
      stderr: installing,
    });
    expect(second.stderr).to.equal("");
  });

  it("installs them again when the lock file is newer", () => {
    lab(["up"]);
    const future = Date.now() / 1000 + 10;
    utimesSync(join(root, "package-lock.json"), future, future);

    expect(lab(["up"]).stderr).to.equal(installing);
  });

  it("shows npm's own words when the installation fails, and runs nothing", () => {
    executable("bin/npm", "echo 'npm error network is down' >&2; exit 1");

    expect(lab(["up"])).to.deep.equal({
      status: 1,
      stdout: "",
      stderr:
        `${installing}npm error network is down\n` +
        "lab: npm ci failed; fix what it says above and retry\n",
    });
    expect(readdirSync(root)).not.to.include(".npm-ci");
  });

  it("lets one of two install, and the other wait for it", async () => {
    executable(
      "bin/npm",
      "mkdir node_modules || exit; sleep 0.3; : >node_modules/.package-lock.json",
    );
    const started = [1, 2].map(() => promisify(execFile)("sh", [join(root, "lab"), "up"], { env }));

    const ended = await Promise.all(started);

    const [first, second] = ended.map(({ stderr }) => stderr).sort();
    expect(first).to.equal(installing);
    expect(second).to.match(/^lab: waiting for process \d+ to install the npm packages\n$/);
    expect(ended.map(({ stdout }) => stdout)).to.deep.equal(
      [1, 2].map(() => call(`up cache=${cache}`, root)),
    );
    expect(readdirSync(root)).not.to.include(".npm-ci");
  });

  it("does not wait for one that was killed while it installed", () => {
    const { pid } = spawnSync("true");
    symlinkSync(String(pid), join(root, ".npm-ci"));

    expect(lab(["up"])).to.include({ status: 0, stderr: installing });
    expect(readdirSync(root)).not.to.include(".npm-ci");
  });

  it("finds its checkout through a symbolic link, from anywhere", () => {
    const link = join(root, "bin", "lab-link");
    symlinkSync("../lab", link);

    expect(lab(["status"], link).stdout).to.equal(call(`status cache=${cache}`, root));
  });

  it("neither installs nor waits when a shell completes a command line", () => {
    expect(lab(["__complete", ""])).to.deep.equal({ status: 0, stdout: "", stderr: "" });

    lab(["up"]);

    expect(lab(["__complete", "u"]).stdout).to.equal(call(`__complete u cache=${cache}`, root));
  });

  it("keeps no cache that would come back after clean", () => {
    expect(lab(["clean"]).stdout).to.equal(call("clean cache=none", root));
  });
});
