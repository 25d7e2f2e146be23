import { expect } from "chai";
import {
  Secret,
  UNKNOWN,
  type PropertyMap,
} from "../../../../../sandbox/plugins/grpc/property-value.ts";
import { status } from "../fake-api-server.ts";
import {
  CONFIG_MAPS,
  DEPLOYMENTS,
  failure,
  Harness,
  initFailure,
  NAMESPACE,
  payment,
  settingsMap,
} from "../harness.ts";

describe("creating an object", () => {
  let kube: Harness;

  beforeEach(async () => {
    kube = await new Harness().start();
  });
  afterEach(async () => {
    await kube.server.stop();
  });

  describe("create", () => {
    it("posts the object under the first manager and keeps what the server answers", async () => {
      const { id, outputs } = await kube.create(settingsMap);
      const { __fieldManager: manager, ...rest } = outputs;

      expect(kube.server.writes()).to.deep.equal([`POST ${CONFIG_MAPS}`]);
      expect(kube.server.requests.at(-1)?.query).to.deep.equal({
        fieldManager: "pulumi-kubernetes",
        fieldValidation: "Strict",
      });
      expect(id).to.equal("sock-shop/settings");
      expect(manager).to.match(/^pulumi-kubernetes-[0-9a-f]{8}$/);
      expect(rest).to.deep.equal({
        ...kube.server.get(`${CONFIG_MAPS}/settings`),
        __inputs: settingsMap,
        __initialApiVersion: "v1",
      });
    });

    it("waits for the roll-out of a Deployment, then stops watching", async () => {
      const { outputs } = await kube.create(payment);

      expect(outputs["status"]).to.deep.equal(
        kube.server.get(`${DEPLOYMENTS}/payment`)?.["status"],
      );
      expect(kube.logged[0]?.message).to.equal("Waiting for the Deployment controller");
      expect(kube.logged.slice(-2).map((it) => it.message)).to.deep.equal([
        "Deployment initialization complete",
        "",
      ]);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(kube.server.watches).to.equal(0);
    });

    it("keeps an object that does not become ready, and says why", async () => {
      kube.onLog = () => undefined;

      const { partial, reasons } = await initFailure(kube.create(payment, { timeoutSeconds: 1 }));

      expect(partial.id).to.equal("sock-shop/payment");
      expect(partial.outputs["__inputs"]).to.deep.equal(payment);
      expect(reasons).to.deep.equal([
        "Deployment sock-shop/payment was created, but is not ready: " +
          '"payment" timed out waiting to be ready',
        "the Deployment controller has not seen this change: is kube-controller-manager running?",
      ]);
    });

    it("ends at once when cancelled, and keeps the object", async () => {
      kube.onLog = () => {
        kube.cancel.abort(new Error("the update was cancelled"));
      };

      const error = await initFailure(kube.create(payment));

      expect(error.partial.id).to.equal("sock-shop/payment");
      expect(error.reasons[0]).to.contain('the operation on "payment" was cancelled');
    });

    it("keeps an object whose creation was under way when cancelled", async () => {
      kube.server.intercept = ({ method }) => {
        if (method === "POST") kube.cancel.abort(new Error("the update was cancelled"));
        return undefined;
      };

      const error = await initFailure(kube.create(payment));

      expect(error.partial.id).to.equal("sock-shop/payment");
    });

    it("does not go on retrying when cancelled", async () => {
      kube.server.remove(NAMESPACE);
      kube.onLog = () => {
        kube.cancel.abort(new Error("the update was cancelled"));
      };

      const { message } = await failure(kube.create(settingsMap));

      expect(message).to.equal(
        "cannot create ConfigMap sock-shop/settings: the update was cancelled",
      );
    });

    it("waits for nothing when told so", async () => {
      const annotations = { "pulumi.com/skipAwait": "true" };
      const metadata = { name: "payment", namespace: "sock-shop", annotations };

      await kube.create({ ...payment, metadata });

      expect(kube.server.requests.filter((it) => it.query["watch"] === "true")).to.deep.equal([]);
    });

    it("refuses to take over an object, unless told so", async () => {
      kube.server.put(`${CONFIG_MAPS}/settings`, { metadata: { name: "settings" } });

      const { message } = await failure(kube.create(settingsMap));
      await kube.configure({ upsertExistingObjects: "true" });
      await kube.create(settingsMap);

      expect(message).to.contain("cannot create ConfigMap sock-shop/settings");
      expect(message).to.contain('"upsertExistingObjects"');
      expect(kube.server.writes().at(-1)).to.equal(`PATCH ${CONFIG_MAPS}/settings`);
    });

    it("waits for a namespace that comes a moment later", async () => {
      kube.server.remove(NAMESPACE);
      setTimeout(() => kube.server.put(NAMESPACE, { metadata: { name: "sock-shop" } }), 100);

      expect((await kube.create(settingsMap)).id).to.equal("sock-shop/settings");
    });

    it("tries again what a busy server does not find yet, and nothing else", async () => {
      let left = 1;
      kube.server.intercept = ({ method }) => {
        if (method !== "POST" || left-- < 1) return undefined;
        return status(404, "NotFound", "the server could not find the requested resource");
      };

      expect((await kube.create(settingsMap)).id).to.equal("sock-shop/settings");
      kube.server.intercept = ({ method }) =>
        method === "POST" ? status(403, "Forbidden", "no") : undefined;
      const requests = kube.server.writes().length;
      await failure(
        kube.create({ ...settingsMap, metadata: { name: "b", namespace: "sock-shop" } }),
      );

      expect(kube.server.writes().length - requests).to.equal(1);
    });

    it("does not quote a secret that the server refuses", async () => {
      const secret = {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name: "db", namespace: "sock-shop" },
        data: new Secret({ password: "aHVudGVyMg==" }),
      };
      kube.server.intercept = ({ method }) =>
        method === "POST" ? status(422, "Invalid", 'bad "aHVudGVyMg==" (hunter2)') : undefined;

      const { message } = await failure(kube.create(secret));

      expect(message).to.equal('cannot create Secret sock-shop/db: bad "[secret]" ([secret])');
    });

    it("says in one line that the cluster is down", async () => {
      await kube.configure({}, "http://127.0.0.1:1");

      const { message } = await failure(kube.create(settingsMap));

      expect(message).to.match(/^the Kubernetes API server at http:\S+ is unreachable \(/);
    });
  });

  describe("preview of a create", () => {
    it("asks the server, which writes nothing", async () => {
      const { outputs } = await kube.create(settingsMap, { preview: true });

      expect(kube.server.writes()).to.deep.equal([`POST ${CONFIG_MAPS} (dry run)`]);
      expect(outputs["__inputs"]).to.deep.equal(settingsMap);
    });

    it("asks as if for the default namespace while its own is missing", async () => {
      kube.server.remove(NAMESPACE);

      const { outputs } = await kube.create(settingsMap, { preview: true });

      expect(outputs).to.deep.equal(settingsMap);
      expect(kube.server.writes()).to.deep.equal([
        `POST ${CONFIG_MAPS} (dry run)`,
        "POST /api/v1/namespaces/default/configmaps (dry run)",
      ]);
    });

    it("shows what the server finds wrong, in either namespace", async () => {
      kube.server.intercept = ({ method, path }) => {
        const message = 'strict decoding error: unknown field "dat"';
        const isDefault = method === "POST" && path.includes("/default/");
        return isDefault ? status(400, "BadRequest", message) : undefined;
      };
      kube.server.remove(NAMESPACE);

      const { message } = await failure(kube.create(settingsMap, { preview: true }));

      expect(message).to.contain('unknown field "dat"');
    });

    it("lets an object with unknown parts pass unseen", async () => {
      const unknown: PropertyMap = { ...settingsMap, data: { a: UNKNOWN } };

      expect((await kube.create(unknown, { preview: true })).outputs).to.deep.equal(unknown);
      expect(kube.server.writes()).to.deep.equal([]);
    });

    it("lets an object pass whose kind the cluster does not have yet", async () => {
      const custom = { ...settingsMap, apiVersion: "example.com/v1", kind: "Thing" };

      expect((await kube.create(custom, { preview: true })).outputs).to.deep.equal(custom);
    });
  });
});
