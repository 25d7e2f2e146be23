import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { npmVersion } from "../../../../sandbox/plugins/language-nodejs/npm-version.ts";

describe("the version of npm", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "npm-version-"));
    await mkdir(join(folder, "bin"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  /** An npm that would answer 1.0.0 if it were run. */
  async function installNpm(at: string): Promise<void> {
    await writeFile(at, "#!/bin/sh\necho 1.0.0\n");
    await chmod(at, 0o755);
  }

  it("is read from the package that the npm on PATH belongs to, without running it", async () => {
    await mkdir(join(folder, "lib/npm/bin"), { recursive: true });
    await installNpm(join(folder, "lib/npm/bin/npm-cli.js"));
    await writeFile(join(folder, "lib/npm/package.json"), '{"name":"npm","version":"10.9.8"}');
    await symlink("../lib/npm/bin/npm-cli.js", join(folder, "bin/npm"));

    expect(await npmVersion(`/nowhere:${join(folder, "bin")}`)).to.equal("10.9.8");
  });

  it("is asked of an npm that lies in no package of its own", async () => {
    await installNpm(join(folder, "bin/npm"));
    await writeFile(join(folder, "package.json"), '{"name":"other","version":"2.0.0"}');

    expect(await npmVersion(join(folder, "bin"))).to.equal("1.0.0");
  });

  it("is unknown where there is no npm", async () => {
    expect(await npmVersion(join(folder, "bin"))).to.equal(undefined);
  });
});
