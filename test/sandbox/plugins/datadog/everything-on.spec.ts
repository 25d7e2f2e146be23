// Every optional part of the stack before the stand-ins of the plugin and of Datadog. Proves that a
// preview of it is clean, and that what it creates is read back as declared. It does not prove that
// Datadog itself takes it.
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { datadogProvider } from "../../../../sandbox/plugins/datadog/provider.ts";
import { Secret, type PropertyMap } from "../../../../sandbox/plugins/grpc/property-value.ts";
import type { CallContext, Provider } from "../../../../sandbox/plugins/grpc/provider.ts";
import type { Registered } from "../../../../simulation/declared/resource-graph.ts";
import { stackGraph } from "../../../../simulation/declared/stack-graph.ts";
import { everythingOn } from "../../../support/everything-on.ts";
import { standIn, type StandIn } from "../../datadog/stand-in.ts";

const context: CallContext = {
  signal: new AbortController().signal,
  log: () => Promise.resolve(),
};

describe("the stack with every optional part, before the stand-ins", () => {
  let datadog: StandIn;
  let provider: Provider;
  let declared: readonly Registered[];

  before(async () => {
    datadog = standIn();
    await datadog.app.listen({ host: "127.0.0.1", port: 0 });
    const { port } = datadog.app.server.address() as AddressInfo;
    provider = datadogProvider("5.11.0", {});
    const keys = { apiKey: new Secret("k"), appKey: new Secret("a") };
    await provider.configure({ apiUrl: `http://127.0.0.1:${port}`, ...keys }, context);
    const { resources } = await stackGraph(everythingOn, [], (type, name) =>
      // ids of monitors are numbers, by which an SLO names them
      type.endsWith(":Monitor") ? String(name.length) : undefined,
    );
    declared = resources.filter(({ type }) => type.startsWith("datadog:"));
  });

  after(() => datadog.app.close());

  async function checked({ type, name, inputs }: Registered) {
    const about = { urn: `urn:${type}::${name}`, type, name };
    const newInputs = inputs as PropertyMap;
    const request = { ...about, oldInputs: {}, newInputs, randomSeed: new Uint8Array() };
    const { inputs: taken, failures } = await provider.check(request, context);
    return { about, taken, failures };
  }

  it("has inputs that the plugin takes, all of them", async () => {
    const outcomes = await Promise.all(declared.map(checked));

    expect(outcomes.flatMap(({ failures }) => failures)).to.deep.equal([]);
    expect(outcomes.length).to.be.greaterThan(50);
  });

  for (const kind of ["LogsIndex", "LogsArchive"]) {
    it(`creates its ${kind}, and finds nothing to change`, async () => {
      const [own] = declared.filter(({ type }) => type.endsWith(`:${kind}`));
      if (own === undefined) throw new Error(`no ${kind} is declared`);
      const { about, taken } = await checked(own);
      const request = { ...about, inputs: taken, preview: true, timeoutSeconds: 0 };

      await provider.create(request, context);
      expect([datadog.state().logIndexes, datadog.state().logArchives].flat().length).to.equal(
        kind === "LogsIndex" ? 0 : 1,
      );
      const made = await provider.create({ ...request, preview: false }, context);
      const state = { ...about, id: made.id, oldInputs: taken, oldOutputs: made.outputs };

      expect(await provider.read(state, context)).to.deep.equal({
        id: made.id,
        inputs: taken,
        outputs: made.outputs,
      });
      const { changes } = await provider.diff({ ...state, newInputs: taken }, context);
      expect(changes).to.deep.equal([]);
    });
  }
});
