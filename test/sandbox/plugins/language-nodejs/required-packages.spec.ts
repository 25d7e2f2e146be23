import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { installedPackages } from "../../../../sandbox/plugins/language-nodejs/installed-packages.ts";
import {
  directDependencies,
  requiredPackage,
  requiredPackages,
} from "../../../../sandbox/plugins/language-nodejs/required-packages.ts";

const SDK = { "@pulumi/pulumi": "3.0.0" };

describe("the packages of a program", () => {
  let program: string;

  beforeEach(async () => {
    program = await mkdtemp(join(tmpdir(), "program-"));
  });

  afterEach(() => rm(program, { recursive: true }));

  async function write(path: string, content: object): Promise<void> {
    await mkdir(join(program, path, ".."), { recursive: true });
    await writeFile(join(program, path), JSON.stringify(content));
  }

  const add = (name: string, manifest: object) =>
    write(`node_modules/${name}/package.json`, { name, version: "1.0.0", ...manifest });

  it("are the plugins of its dependencies, and of components among them", async () => {
    await write("package.json", { dependencies: { "@pulumi/a": "1", component: "1", other: "1" } });
    await add("@pulumi/a", { pulumi: { resource: true }, dependencies: SDK });
    await add("component", { dependencies: { ...SDK, nested: "1" } });
    await add("component/node_modules/nested", {
      pulumi: { resource: true, name: "b", version: "v2.0.0", server: "https://x" },
      dependencies: SDK,
    });
    await add("other", { dependencies: { unrelated: "1" } });
    await add("unrelated", { pulumi: { resource: true, name: "never" } });

    expect(requiredPackages(program)).to.deep.equal([
      { name: "a", version: "v1.0.0", server: "" },
      { name: "b", version: "v2.0.0", server: "https://x" },
    ]);
  });

  it("are found once when packages depend on each other, and in folders above", async () => {
    await write("package.json", { dependencies: {} });
    await add("@pulumi/a", { pulumi: { resource: true }, dependencies: { ...SDK, b: "1" } });
    await add("b", { dependencies: { ...SDK, "@pulumi/a": "1" } });
    await write("infra/package.json", { devDependencies: { b: "1" } });

    expect(requiredPackages(join(program, "infra"))).to.deep.equal([
      { name: "a", version: "v1.0.0", server: "" },
    ]);
  });

  it("are none without a package.json", () => {
    expect(requiredPackages(program)).to.deep.equal([]);
  });

  it("are told with the versions that are installed", async () => {
    await write("package.json", { dependencies: { a: "^1" }, devDependencies: { missing: "1" } });
    await add("a", { version: "1.2.3" });
    await write("package-lock.json", {
      packages: {
        "": { name: "program" },
        "node_modules/a": { version: "1.2.3" },
        "node_modules/a/node_modules/@s/b": { version: "0.1.0" },
      },
    });

    expect([...directDependencies(program)]).to.deep.equal([["a", "1.2.3"]]);
    expect(installedPackages(program)).to.deep.equal([
      ["a", "1.2.3"],
      ["@s/b", "0.1.0"],
    ]);
  });
});

describe("requiredPackage", () => {
  it("needs a name of its own outside of @pulumi", () => {
    const pulumi = { resource: true };

    expect(requiredPackage({ name: "third", version: "1.0.0", pulumi })).to.equal(undefined);
    expect(
      requiredPackage({ name: "third", version: "1.0.0", pulumi: { ...pulumi, name: "x" } }),
    ).to.deep.equal({ name: "x", version: "v1.0.0", server: "" });
  });

  it("is undefined for a package without a resource plugin", () => {
    expect(requiredPackage({ name: "@pulumi/policy", version: "1.0.0" })).to.equal(undefined);
  });
});
