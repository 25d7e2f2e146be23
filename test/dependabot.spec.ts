import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";

interface Update {
  readonly "package-ecosystem": string;
  readonly directory?: string;
  readonly directories?: readonly string[];
  readonly schedule: { readonly interval: string };
  readonly cooldown?: { readonly "default-days": number };
  readonly groups?: object;
  readonly ignore?: readonly { "dependency-name": string; versions: readonly string[] }[];
  readonly allow?: readonly { "dependency-name": string }[];
}

const root = join(import.meta.dirname, "..");
const { updates } = parse(readFileSync(join(root, ".github/dependabot.yml"), "utf8")) as {
  updates: Update[];
};

function foldersOf(ecosystem: string): string[] {
  return updates
    .filter((update) => update["package-ecosystem"] === ecosystem)
    .flatMap(({ directory, directories = [directory ?? "none"] }) => directories)
    .map((folder) => folder.slice(1));
}

describe("the weekly updates of dependencies", () => {
  it("look at every place that pins something", () => {
    const modules = globSync(["sandbox/toolchain/go/*/go.mod", "test/support/*/go.mod"], {
      cwd: root,
    });

    expect(foldersOf("gomod").sort()).to.deep.equal(modules.map((file) => dirname(file)).sort());
    expect(foldersOf("pip")).to.deep.equal(["sandbox/toolchain/python"]);
    expect(foldersOf("npm")).to.deep.equal([""]);
    expect(foldersOf("github-actions")).to.deep.equal([""]);
    for (const { directory, directories = [directory ?? ""] } of updates) {
      for (const folder of directories)
        expect(existsSync(join(root, folder)), folder).to.equal(true);
    }
  });

  it("come once a week, in one group each, and two weeks after a release", () => {
    for (const { schedule, cooldown, groups } of updates) {
      expect(schedule).to.deep.equal({ interval: "weekly" });
      expect(cooldown).to.deep.equal({ "default-days": 14 });
      expect(Object.values(groups ?? {})).to.deep.equal([{ patterns: ["*"] }]);
    }
  });

  it("raise the built programs themselves, whose go.mod calls everything indirect", () => {
    const allowed = updates.flatMap(({ allow = [] }) => allow.map((it) => it["dependency-name"]));

    const pinned = globSync("sandbox/toolchain/go/*/go.mod", { cwd: root }).map((file) =>
      readFileSync(join(root, file), "utf8"),
    );
    for (const text of pinned) {
      expect(
        allowed.some((name) => new RegExp(`^\\s*(require )?${name} v`, "m").test(text)),
      ).to.equal(true);
    }
  });

  it("hold back what must not rise, each below the version that is pinned no more", () => {
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(join(root, "package.json"), "utf8"),
    ) as Record<"dependencies" | "devDependencies", Record<string, string>>;
    const pinned = { ...dependencies, ...devDependencies };

    for (const { "dependency-name": name, versions } of updates.flatMap(
      ({ ignore = [] }) => ignore,
    )) {
      const [, limit = "0"] = /^>=(\d+)$/.exec(versions[0] ?? "") ?? [];
      expect(Number(pinned[name]?.split(".")[0]), name).to.equal(Number(limit) - 1);
    }
  });
});
