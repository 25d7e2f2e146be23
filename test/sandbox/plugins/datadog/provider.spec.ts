// The provider against the sandbox's Datadog stand-in: proves that both agree on every call of a
// resource's life. It does not prove that Datadog itself does.
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { datadogProvider } from "../../../../sandbox/plugins/datadog/provider.ts";
import {
  Secret,
  UNKNOWN,
  type PropertyMap,
} from "../../../../sandbox/plugins/grpc/property-value.ts";
import type { CallContext, Provider } from "../../../../sandbox/plugins/grpc/provider.ts";
import { declared, monitor, MONITOR } from "./declared-types.ts";
import { standIn, type StandIn } from "../../datadog/stand-in.ts";

describe("the datadog provider", () => {
  const context: CallContext = {
    signal: new AbortController().signal,
    log: () => Promise.resolve(),
  };
  const randomSeed = new Uint8Array();
  let datadog: StandIn;
  let provider: Provider;

  beforeEach(async () => {
    datadog = standIn();
    await datadog.app.listen({ host: "127.0.0.1", port: 0 });
    const { port } = datadog.app.server.address() as AddressInfo;
    provider = datadogProvider("5.11.0", {});
    const keys = { apiKey: new Secret("k"), appKey: new Secret("a") };
    await provider.configure({ apiUrl: `http://127.0.0.1:${port}`, ...keys }, context);
  });

  afterEach(() => datadog.app.close());

  const about = (type: string) => ({ urn: `urn:${type}`, type, name: "n" });

  async function check(type: string, inputs: PropertyMap): Promise<PropertyMap> {
    const request = { ...about(type), oldInputs: {}, newInputs: inputs, randomSeed };
    const { inputs: checked, failures } = await provider.check(request, context);
    expect(failures).to.deep.equal([]);
    return checked;
  }

  async function create(type: string, inputs: PropertyMap) {
    const checked = await check(type, inputs);
    const request = { ...about(type), inputs: checked, preview: false, timeoutSeconds: 0 };
    return { checked, ...(await provider.create(request, context)) };
  }

  for (const [type, inputs, change] of declared) {
    it(`creates, reads, updates and deletes a ${type.split(":").at(-1) ?? ""}`, async () => {
      const { checked, id, outputs } = await create(type, inputs);
      const state = { ...about(type), id, oldInputs: checked, oldOutputs: outputs };

      // Read right after: nothing has changed.
      expect(await provider.read(state, context)).to.deep.equal({ id, inputs: checked, outputs });
      const unchanged = await provider.diff({ ...state, newInputs: checked }, context);
      expect(unchanged.changes).to.deep.equal([]);

      // One property changed: one change, and no new resource.
      const newInputs = await check(type, { ...inputs, ...change });
      const { changes } = await provider.diff({ ...state, newInputs }, context);
      expect(changes.map(({ replace }) => replace ?? false)).to.deep.equal([false]);
      const updated = await provider.update(
        { ...state, newInputs, preview: false, timeoutSeconds: 0 },
        context,
      );
      expect(await provider.read({ ...state, oldInputs: newInputs }, context)).to.deep.equal({
        id,
        inputs: newInputs,
        outputs: updated.outputs,
      });

      // Deleted twice: the second time there is nothing to do.
      await provider.delete({ ...state, timeoutSeconds: 0 }, context);
      await provider.delete({ ...state, timeoutSeconds: 0 }, context);
      expect(await provider.read(state, context)).to.equal(undefined);
    });
  }

  it("creates, reads, changes and deletes a rule of a scanner's group", async () => {
    const { id: groupId } = await create(
      "datadog:index/sensitiveDataScannerGroup:SensitiveDataScannerGroup",
      {
        name: "secrets",
        isEnabled: true,
        productLists: ["logs"],
        filter: { query: "kube_namespace:sock-shop" },
      },
    );
    const type = "datadog:index/sensitiveDataScannerRule:SensitiveDataScannerRule";
    const rule = {
      groupId,
      name: "cards",
      isEnabled: true,
      pattern: "4[0-9]{15}",
      priority: 1,
      tags: ["a:1"],
      textReplacement: { type: "replacement_string", replacementString: "masked_pan" },
      suppressions: { endsWiths: ["masked_pan"] },
    };
    const { id, checked, outputs } = await create(type, rule);
    const state = { ...about(type), id, oldInputs: checked, oldOutputs: outputs };

    expect((await provider.read(state, context))?.inputs).to.deep.equal(checked);
    const newInputs = await check(type, { ...rule, priority: 2 });
    const { changes } = await provider.diff({ ...state, newInputs }, context);
    expect(changes.map(({ path }) => path)).to.deep.equal(["priority"]);
    await provider.update({ ...state, newInputs, preview: false, timeoutSeconds: 0 }, context);
    expect((await provider.read(state, context))?.outputs).to.deep.include({ priority: 2 });
    await provider.delete({ ...state, timeoutSeconds: 0 }, context);
    expect(await provider.read(state, context)).to.equal(undefined);
  });

  it("keeps what a private location answers once, as a secret", async () => {
    const type = "datadog:index/syntheticsPrivateLocation:SyntheticsPrivateLocation";
    const { id, checked, outputs } = await create(type, { name: "beside the shop" });
    const { config } = outputs;

    expect(config).to.be.instanceOf(Secret);
    const state = { ...about(type), id, oldInputs: checked, oldOutputs: outputs };
    const read = await provider.read(state, context);
    expect(read?.outputs["config"]).to.equal(config);
    const newInputs = await check(type, { name: "beside the shop", description: "d" });
    const update = { ...state, newInputs, preview: false, timeoutSeconds: 0 };
    expect((await provider.update(update, context)).outputs["config"]).to.equal(config);
  });

  it("keeps a secret input secret in its outputs", async () => {
    const { outputs } = await create(MONITOR, { ...monitor, message: new Secret("hush") });

    expect(outputs["message"]).to.deep.equal(new Secret("hush"));
  });

  it("previews a creation without creating, and with what only Datadog knows as unknown", async () => {
    const type = "datadog:index/dashboardJson:DashboardJson";
    const dashboard = '{"title":"t","layout_type":"ordered","widgets":[]}';

    const planned = await provider.create(
      {
        ...about(type),
        inputs: await check(type, { dashboard }),
        preview: true,
        timeoutSeconds: 0,
      },
      context,
    );

    expect(planned).to.deep.equal({ id: "", outputs: { url: UNKNOWN, dashboard } });
    expect(await datadog.send("GET /api/v1/dashboard").then(({ status }) => status)).to.equal(200);
  });

  it("fails the preview of a monitor that Datadog would not take", async () => {
    const inputs = await check(MONITOR, { ...monitor, monitorThresholds: { critical: "2" } });

    const refused = await provider
      .create({ ...about(MONITOR), inputs, preview: true, timeoutSeconds: 0 }, context)
      .catch((thrown: unknown) => thrown);

    expect(String(refused)).to.match(
      /^PluginError: Datadog answered 400 to POST .*monitor\/validate: /,
    );
  });

  it("asks for a new resource when the type of a monitor changes", async () => {
    const { checked, id, outputs } = await create(MONITOR, monitor);
    const newInputs = { ...checked, type: "query alert" };

    const { changes } = await provider.diff(
      { ...about(MONITOR), id, oldInputs: checked, oldOutputs: outputs, newInputs },
      context,
    );

    expect(changes).to.deep.equal([{ path: "type", kind: "update", replace: true }]);
  });

  it("refuses to start without keys, and with keys that Datadog does not know", async () => {
    const { port } = datadog.app.server.address() as AddressInfo;
    const apiUrl = `http://127.0.0.1:${port}`;

    const noKeys = await provider
      .configure({ apiUrl }, context)
      .catch((thrown: unknown) => String(thrown));

    expect(noKeys).to.equal(
      "PluginError: datadog: apiKey and appKey are required unless the provider sets validate to " +
        '"false"',
    );
    await provider.configure({ apiUrl, validate: "false" }, context);
  });
});
