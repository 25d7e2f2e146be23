import { readFileSync } from "node:fs";
import { expect } from "chai";
import { foldersOf, foldersOfTree } from "../support/pages/folder-tree.ts";
import { repositoryFiles } from "../support/pages/repository-files.ts";

const root = new URL("../../", import.meta.url);
const page = readFileSync(new URL("docs/architecture.md", root), "utf8");

describe("docs/architecture.md", () => {
  let files: readonly string[];

  before(async () => {
    files = (await repositoryFiles()).filter((file) => !file.startsWith("."));
  });

  it("draws no folder that there is not", () => {
    const real = foldersOf(files, 9);

    expect(foldersOfTree(page).filter((folder) => !real.includes(folder))).to.deep.equal([]);
  });

  it("draws every folder down to the second level, and of test/ those that mirror none", () => {
    const top = foldersOf(files, 1);
    const expected = foldersOf(files, 2).filter((folder) => {
      const [first, second = ""] = folder.split("/");
      return first !== "test" || !top.includes(second) || second === "docs";
    });

    const drawn = foldersOfTree(page).filter((folder) => folder.split("/").length <= 2);

    expect([...drawn].sort()).to.deep.equal(expected);
  });

  it("names only files that there are", () => {
    const paths = [...page.matchAll(/`([a-z][\w*./-]*\/[\w*.-]*\.(?:ts|py|md))`/g)];

    expect(paths.length).to.be.greaterThan(10);
    for (const [, path = ""] of paths) {
      const pattern = new RegExp(`^${path.replaceAll(".", "\\.").replaceAll("*", "[^/]*")}$`);
      expect(
        files.some((file) => pattern.test(file)),
        path,
      ).to.equal(true);
    }
  });

  it("draws the components that index.ts creates", () => {
    const program = readFileSync(new URL("index.ts", root), "utf8");
    const created = [...program.matchAll(/new ([A-Z]\w+)\(/g)].map(([, name = ""]) => name);
    const [, drawing = ""] = /subgraph stack\[[^\n]*\n(.*?)\n {2}end/s.exec(page) ?? [];

    const components = created.filter((name) => name !== "Config");

    expect(components.length).to.be.greaterThan(7);
    expect(components.filter((name) => !drawing.includes(name))).to.deep.equal([]);
  });

  it("notices a folder that is gone, and a deeper one under the wrong parent", () => {
    const tree = "```text\nsettings/  a\ncli/  b\n  lost/  c\n```\n";

    expect(foldersOfTree(tree)).to.deep.equal(["settings", "cli", "cli/lost"]);
    expect(foldersOf(["cli/a/b/c.ts", "x.ts"], 2)).to.deep.equal(["cli", "cli/a"]);
  });
});
