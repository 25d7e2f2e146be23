import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";
import { codeOf } from "../support/pages/markdown.ts";

// The files for people and tools that work on the repository. Proves that they name what there is; does
// not prove that the dev container's image builds, nor how GitHub shows the forms.

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");

const targets = [...read("Makefile").matchAll(/^([a-z-]+):/gm)].map(([, name]) => name);
const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };

for (const page of [
  "AGENTS.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  ".github/pull_request_template.md",
]) {
  describe(page, () => {
    const spans = codeOf(read(page)).map(({ text }) => text);

    it("names only files and folders that there are", () => {
      const isPath = /^(?:[\w.-]+\/)+[\w.*-]*$|^[\w-]+\.(?:md|js)$/;
      const created = /^(?:state\.json|pull-request\.md)$/;
      const paths = spans
        .filter((text) => isPath.test(text) && !created.test(text) && !text.startsWith("./lab"))
        .map((text) => text.replace(/[^/]*\*.*$/, ""));

      expect(paths.filter((path) => !existsSync(new URL(path, root)))).to.deep.equal([]);
    });

    it("names only make targets and npm scripts that there are", () => {
      const made = spans.flatMap((text) => /^make ([a-z-]+)/.exec(text)?.[1] ?? []);
      const run = spans.flatMap((text) => /^npm run ([\w:]+)/.exec(text)?.[1] ?? []);

      expect(made.filter((target) => !targets.includes(target))).to.deep.equal([]);
      expect(run.filter((script) => !(script in scripts))).to.deep.equal([]);
    });
  });
}

describe("the dev container", () => {
  const container = JSON.parse(read(".devcontainer/devcontainer.json")) as {
    readonly forwardPorts: readonly number[];
    readonly postStartCommand: string;
  };

  it("has the Node of .nvmrc", () => {
    const [, version] = /^FROM node:([\d.]+)-/m.exec(read(".devcontainer/Dockerfile")) ?? [];

    expect(version).to.equal(read(".nvmrc").trim());
  });

  it("runs the sandbox, and forwards the ports that the README opens", () => {
    const ports = [
      ...read("README.md").matchAll(/http:\/\/(?:localhost|127\.0\.0\.1):(20\d\d)\//g),
    ];
    const shown = new Set(ports.map(([, port]) => Number(port)));

    expect(container.postStartCommand).to.equal("make up");
    expect([...shown]).to.include.members([...container.forwardPorts]);
  });
});

describe("the issue forms", () => {
  const folder = ".github/ISSUE_TEMPLATE/";
  const forms = readdirSync(new URL(folder, root)).filter((name) => name !== "config.yml");

  it("have a name, a description and fields with labels of their own", () => {
    expect(forms).to.have.length.greaterThan(1);
    for (const form of forms) {
      const { name, description, body } = parse(read(folder + form)) as {
        readonly name: string;
        readonly description: string;
        readonly body: readonly { readonly id: string; readonly attributes: { label: string } }[];
      };
      expect(name, form).to.not.equal("");
      expect(description, form).to.not.equal("");
      const labels = body.map(({ attributes }) => attributes.label);
      expect(labels, form).to.have.length.greaterThan(1);
      expect(new Set(labels).size, form).to.equal(labels.length);
    }
  });
});
