import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect } from "chai";

const checkout = join(import.meta.dirname, "..", "..");

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
}
const manifest = (file: string) =>
  JSON.parse(readFileSync(join(checkout, file), "utf8")) as Manifest;

// Whoever enforces the pack by a Pulumi organisation gets its folder alone, and installs what its
// own package.json names.
describe("the policy pack as a package", () => {
  const imports = globSync("policies/**/*.{ts,js}", { cwd: checkout }).flatMap((file) => {
    const text = readFileSync(join(checkout, file), "utf8");
    const found = text.matchAll(/(?:^import|\bfrom) "([^"]+)";$/gm);
    return [...found].map(([, name = ""]) => ({ file, name }));
  });

  it("imports nothing from outside of its folder", () => {
    const outside = imports
      .filter(({ name }) => name.startsWith("."))
      .map(({ file, name }) => normalize(join(dirname(file), name)))
      .filter((path) => !path.startsWith("policies/"));

    expect(outside).to.deep.equal([]);
  });

  it("names every package that it imports, in the version that it is tested with", () => {
    const packages = imports.filter(({ name }) => !/^(\.|node:)/.test(name));
    const { dependencies } = manifest("package.json");

    expect(packages).not.to.deep.equal([]);
    expect(manifest("policies/package.json").dependencies).to.deep.equal(
      Object.fromEntries(packages.map(({ name }) => [name, dependencies[name]])),
    );
  });
});
