import { expect } from "chai";
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeState } from "../../../cli/sandbox/remove-state.ts";
import { sandboxPaths, type SandboxPaths } from "../../../sandbox/host/paths.ts";

describe("removing the sandbox's folder", () => {
  let root: string;
  let paths: SandboxPaths;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "remove-state-"));
    paths = sandboxPaths(root, { HOME: root });
    await mkdir(join(root, "disk"));
  });

  afterEach(async () => {
    await rm(root, { recursive: true });
  });

  async function fill(): Promise<void> {
    const { backendDir, runDir, logsDir, kubeconfig } = paths;
    for (const folder of [backendDir, runDir, logsDir, join(paths.stateDir, "pods")]) {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, "file"), "");
    }
    await writeFile(kubeconfig, "");
  }

  it("removes all of it", async () => {
    await fill();

    expect(await removeState(paths)).to.equal(undefined);
    expect(await readdir(root)).to.deep.equal(["disk"]);
  });

  it("removes what the sandbox wrote where it is a link, and the link", async () => {
    await symlink(join(root, "disk"), paths.stateDir);
    await fill();

    expect(await removeState(paths)).to.equal(undefined);
    expect(await readdir(root)).to.deep.equal(["disk"]);
    expect(await readdir(join(root, "disk"))).to.deep.equal([]);
  });

  it("keeps files of others behind the link, and says where they are", async () => {
    await symlink(join(root, "disk"), paths.stateDir);
    await fill();
    await writeFile(join(root, "disk", "thesis.txt"), "");

    expect(await removeState(paths)).to.equal(join(root, "disk"));
    expect(await readdir(join(root, "disk"))).to.deep.equal(["thesis.txt"]);
  });

  it("removes a link that leads nowhere, and nothing where there is none", async () => {
    await symlink(join(root, "gone"), paths.stateDir);

    expect(await removeState(paths)).to.equal(undefined);
    expect(await removeState(paths)).to.equal(undefined);
    expect(await readdir(root)).to.deep.equal(["disk"]);
  });
});
