import { expect } from "chai";
import { parse } from "yaml";
import { configForRun, restoredConfig } from "../../../../cli/incident/run/run-config.ts";

const plain = "# mine\nconfig:\n  sock-shop:env: sandbox\n  sock-shop:incident: none\n";
const own = `${plain}  sock-shop:load: {users: 4, rate: 4, runTime: 15s}\n`;
const wanted = { load: { seed: 42, runTime: "180s" }, notifyDrills: false };

describe("the stack's file during a run", () => {
  it("keeps what the stack says of the load beside what the run asks for", () => {
    const file = parse(configForRun(own, wanted)) as { config: Record<string, unknown> };

    expect(file.config["sock-shop:load"]).to.deep.equal({ users: 4, rate: 4, ...wanted.load });
    expect(file.config["sock-shop:notifyDrills"]).to.equal(false);
    expect(configForRun(own, wanted)).to.contain("# mine");
  });

  it("reads a group that is written as JSON in a text", () => {
    const before = `${plain}  sock-shop:load: '{"users":4,"rate":4}'\n`;
    const file = parse(configForRun(before, wanted)) as { config: Record<string, unknown> };

    expect(file.config["sock-shop:load"]).to.deep.equal({ users: 4, rate: 4, ...wanted.load });
    expect(restoredConfig(before, configForRun(before, wanted))).to.equal(before);
  });

  for (const [name, before] of [
    ["a stack without load", plain],
    ["a stack with load of its own", own],
  ] as const) {
    it(`is given back to the letter in ${name}`, () => {
      const during = configForRun(before, { ...wanted, load: { ...wanted.load, users: 9 } });

      expect(during).not.to.equal(before);
      expect(restoredConfig(before, during)).to.equal(before);
    });

    it(`loses only the run's keys in ${name} of which something else was changed meanwhile`, () => {
      const changed = configForRun(before, wanted).replace("env: sandbox", "env: other");

      expect(parse(restoredConfig(before, changed))).to.deep.equal(
        parse(before.replace("env: sandbox", "env: other")),
      );
    });
  }

  it("is left alone where a run has not changed it", () => {
    expect(restoredConfig(plain, plain)).to.equal(plain);
  });
});
