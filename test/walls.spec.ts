import { ESLint } from "eslint";
import { expect } from "chai";

const rules: readonly string[] = ["no-restricted-imports", "no-restricted-syntax"];

/** The project's own configuration, without the rules that need types. */
const eslint = new ESLint({
  overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
  ruleFilter: ({ ruleId }) => rules.includes(ruleId),
});

/** Whether lint takes one import of a file for an error of the walls. */
async function refuses(file: string, statement: string): Promise<boolean> {
  const [result] = await eslint.lintText(`${statement}\n`, { filePath: file });
  return (result?.messages ?? []).some(({ ruleId }) => rules.includes(ruleId ?? ""));
}

/** For each folder a file of it, what that must not import, and one thing that it may. */
const walls = {
  components: {
    file: "components/shop/catalogue.ts",
    closed: ["settings", "sandbox", "cli", "policies", "simulation", "test"],
    open: "../incident/plan.ts",
  },
  sandbox: {
    file: "sandbox/host/ports.ts",
    closed: ["settings", "components", "cli", "policies", "simulation", "test"],
    open: "../kube/objects.ts",
  },
  policies: {
    file: "policies/rules/probes.ts",
    closed: ["settings", "components", "sandbox", "cli", "simulation", "test"],
    open: "../values.ts",
  },
  settings: {
    file: "settings/schema.ts",
    closed: ["sandbox", "cli", "policies", "simulation", "test"],
    open: "../components/incident/plan.ts",
  },
  simulation: {
    file: "simulation/replay/replay.ts",
    closed: ["cli", "policies", "test"],
    open: "../../sandbox/datadog/state.ts",
  },
  workshop: {
    file: "workshop/main.ts",
    closed: ["settings", "components", "sandbox", "cli", "policies", "simulation", "test"],
    open: "./arguments.ts",
  },
  cli: {
    file: "cli/stack/stack-config.ts",
    closed: ["policies", "test"],
    open: "../../settings/schema.ts",
  },
} as const;

describe("the walls between the folders", () => {
  for (const [folder, { file, closed, open }] of Object.entries(walls)) {
    const up = file
      .split("/")
      .slice(1)
      .map(() => "..")
      .join("/");
    for (const other of closed) {
      const target = `${up}/${other}/any/file.ts`;
      for (const statement of [
        `import { a } from "${target}";\na();`,
        `import type { A } from "${target}";\nexport type B = A;`,
        `export { a } from "${target}";`,
        `export const a = await import("${target}");`,
      ]) {
        it(`keep ${folder} from ${statement.split("\n", 1).join("")}`, async () => {
          expect(await refuses(file, statement)).to.equal(true);
        });
      }
    }

    it(`let ${folder} import ${open}`, async () => {
      expect(await refuses(file, `import { a } from "${open}";\na();`)).to.equal(false);
      expect(await refuses(file, `export const a = await import("${open}");`)).to.equal(false);
    });
  }

  it("stand at the entries of processes, too", async () => {
    for (const [file, target] of [
      ["components/incident/marker/main.ts", "../../../settings/schema.ts"],
      ["sandbox/shop/server.ts", "../../components/duration.ts"],
      ["sandbox/plugins/datadog/main.ts", "../../../cli/lab.ts"],
      ["simulation/main.ts", "../cli/lab.ts"],
      ["cli/main.ts", "../policies/rule.ts"],
    ] as const) {
      expect(await refuses(file, `import { a } from "${target}";\na();`), file).to.equal(true);
      expect(await refuses(file, `export const a = await import("${target}");`)).to.equal(true);
    }
  });

  it("keep the environment out of components", async () => {
    const file = "components/shop/catalogue.ts";

    expect(await refuses(file, 'import process from "node:process";\nprocess.exit();')).to.equal(
      true,
    );
    expect(await refuses(file, "export const a = process.env;")).to.equal(true);
    expect(await refuses(file, 'import { join } from "node:path";\njoin("a");')).to.equal(false);
  });
});
