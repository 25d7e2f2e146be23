import { expect } from "chai";
import fc from "fast-check";
import { parse } from "yaml";
import { parseSettings, type RawConfig, report } from "../../settings/settings.ts";
import { documentedKeys } from "../../settings/problems.ts";

const sandbox = { datadogApiUrl: "http://127.0.0.1:2026/" };
const account: RawConfig["secrets"] = { datadogApiKey: "encrypted", datadogAppKey: "encrypted" };

/** The problems as the user sees them; none when the configuration is accepted. */
function linesOf(plain: RawConfig["plain"], secrets: RawConfig["secrets"] = {}): string[] {
  const result = parseSettings({ plain, secrets }, "/home/me");
  return "problems" in result ? report(result.problems).split("\n  ").slice(1) : [];
}

function settingsOf(plain: RawConfig["plain"], secrets: RawConfig["secrets"] = {}) {
  const result = parseSettings({ plain, secrets }, "/home/me");
  if ("problems" in result) throw new Error(report(result.problems));
  return result.settings;
}

describe("settings", () => {
  it("need nothing but a Datadog on this machine", () => {
    expect(settingsOf(sandbox)).to.deep.equal({
      incident: "none",
      incidentLease: "2h",
      namespace: "sock-shop",
      clusterName: "sockshop-kind",
      env: "demo",
      datadogSite: "us5.datadoghq.com",
      datadogApiUrl: "http://127.0.0.1:2026/",
      agent: "none",
      agentNamespace: "datadog",
      logTimeZone: "UTC",
      logPipeline: "own",
      nodeCidrs: [],
      softwareCatalog: "none",
      frontEndUrl: "http://localhost:2025",
      paymentReplicas: 1,
      notify: [],
      routing: "messages",
      declareIncidents: false,
      notifyDrills: true,
      secretScanner: false,
      synthetics: "none",
      syntheticsImage: "gcr.io/datadoghq/synthetics-private-location-worker:1.60.0",
      orderSuccessTarget: 99,
      load: {
        users: 10,
        rate: 2,
        runTime: "2m",
        ...{ arrivals: "closed", workers: 1 },
        image: "locustio/locust:2.47.0",
        withoutIncident: "nothing",
      },
      faults: {
        delay: "8s",
        status: 500,
        percentage: 100,
        image: "envoyproxy/envoy:v1.40.0",
      },
      images: { set: "weave", overrides: {} },
      cluster: {
        kubeconfig: ".sandbox/kubeconfig",
        context: "kwok-sock-shop",
        clusterName: "sockshop-kind",
      },
      datadog: { api: "http://127.0.0.1:2026/", app: "http://127.0.0.1:2026/" },
    });
  });

  it("keep the agent out of the shop's namespace", () => {
    const shared = { ...sandbox, agent: "helm", namespace: "datadog" };

    expect(linesOf(shared)).to.deep.equal([
      "sock-shop:agentNamespace: expected another namespace than the shop's; " +
        "set it with: pulumi config set agentNamespace datadog",
    ]);
    expect(linesOf({ ...shared, agentNamespace: "agent" })).to.deep.equal([]);
    expect(linesOf({ ...shared, agent: "none" })).to.deep.equal([]);
  });

  it("lead to the user's own cluster only through a named context", () => {
    const { cluster } = settingsOf({ kubeContext: "kind-sockshop" }, account);

    expect(cluster).to.deep.equal({
      kubeconfig: "/home/me/.kube/config",
      context: "kind-sockshop",
      clusterName: "sockshop-kind",
    });
  });

  it("lead to the API and the pages of the account's site", () => {
    const { datadog } = settingsOf({ datadogSite: "datadoghq.eu" }, account);

    expect(datadog).to.deep.equal({
      api: "https://api.datadoghq.eu/",
      app: "https://app.datadoghq.eu/",
    });
  });

  it("take numbers and groups as Pulumi hands them over", () => {
    const plain = {
      ...sandbox,
      paymentReplicas: "3",
      load: '{"users":20,"rate":"4","runTime":"90s"}',
      images: '{"set":"quay"}',
    };

    const { paymentReplicas, load, images } = settingsOf(plain);

    expect(paymentReplicas).to.equal(3);
    expect(load).to.deep.include({ users: 20, rate: 4, runTime: "90s" });
    expect(images).to.deep.equal({ set: "quay", overrides: {} });
  });

  it("report all problems at once, in the order of the keys", () => {
    const plain = {
      incident: "on",
      paymentReplica: "2",
      load: '{"users":0.5,"runTime":"2 minutes"}',
      kubeconfig: "~/.kube/config",
    };

    expect(linesOf(plain, { datadogApiKey: "in clear" })).to.deep.equal([
      "sock-shop:datadogApiKey: expected a secret, got plain text; " +
        "set it with: pulumi config set --secret datadogApiKey",
      "sock-shop:datadogAppKey: expected a secret, got nothing; " +
        "set it with: pulumi config set --secret datadogAppKey",
      'sock-shop:incident: expected "none" or "payment-down" or "payment-slow" or ' +
        '"payment-errors" or "shipping-slow", got "on"; ' +
        "set it with: pulumi config set incident payment-down",
      "sock-shop:kubeContext: expected the name of a context to go with kubeconfig, got nothing; " +
        "set it with: pulumi config set kubeContext <name>",
      "sock-shop:load.runTime: expected a duration from 10s to 1h, such as 90s, 2m or 1h, " +
        'got "2 minutes"; set it with: pulumi config set --path load.runTime 2m',
      "sock-shop:load.users: expected a whole number from 0 to 500, got 0.5; " +
        "set it with: pulumi config set --path load.users 10",
      "sock-shop:paymentReplica: unknown key; did you mean paymentReplicas?",
    ]);
  });

  const refused: readonly (readonly [key: string, value: string, got: string])[] = [
    ["paymentReplicas", "-1", '"-1"'],
    ["paymentReplicas", "0", '"0"'],
    ["paymentReplicas", "1.5", '"1.5"'],
    ["paymentReplicas", "11", '"11"'],
    ["paymentReplicas", "two", '"two"'],
    ["paymentReplicas", "", '""'],
    ["namespace", "Sock_Shop", '"Sock_Shop"'],
    ["namespace", "kube-system", '"kube-system"'],
    ["namespace", "default", '"default"'],
    ["clusterName", "9lives", '"9lives"'],
    ["env", "De mo", '"De mo"'],
    ["datadogSite", "us9.datadoghq.com", '"us9.datadoghq.com"'],
    ["datadogApiUrl", "http://example.com/", '"http://example.com/"'],
    ["logTimeZone", "Mars/Olympus", '"Mars/Olympus"'],
    ["logPipeline", "none", '"none"'],
    ["agent", "yes", '"yes"'],
    ["agentNamespace", "kube-system", '"kube-system"'],
    ["logTimeZone", "UTC now", '"UTC now"'],
    ["logTimeZone", "+05:30", '"+05:30"'],
    ["frontEndNodePort", "80", '"80"'],
    ["frontEndNodePort", "32768", '"32768"'],
    ["softwareCatalog", "on", '"on"'],
    ["runbookUrl", "docs/runbook.md", '"docs/runbook.md"'],
    ["notify", "@slack-shop", '"@slack-shop"'],
    ["orderSuccessTarget", "94.9", '"94.9"'],
    ["orderSuccessTarget", "99.91", '"99.91"'],
    ["load", "10", "10"],
    ["images", "{", '"{"'],
    ["faults", "8s", '"8s"'],
  ];
  for (const [key, value, got] of refused) {
    it(`refuse ${key} ${JSON.stringify(value)}`, () => {
      const lines = linesOf({ ...sandbox, [key]: value }, account);

      expect(lines).to.have.length(1);
      expect(lines[0]).to.match(new RegExp(`^sock-shop:${key}: expected .+, got .+; .+`));
      expect(lines[0]).to.contain(`, got ${got}; `);
    });
  }

  const accepted: readonly (readonly [key: string, value: string])[] = [
    ["paymentReplicas", "1"],
    ["paymentReplicas", "10"],
    ["logTimeZone", "Asia/Kolkata"],
    ["logTimeZone", "Etc/GMT+5"],
    ["frontEndNodePort", "30000"],
    ["frontEndNodePort", "32767"],
    ["datadogApiUrl", "https://datadog.example.com/"],
    ["datadogApiUrl", "http://localhost:2026"],
    ["notify", '["@slack-shop","@oncall@example.com"]'],
    ["orderSuccessTarget", "95"],
    ["orderSuccessTarget", "99.9"],
    ["load", '{"runTime":"10s"}'],
    ["load", '{"runTime":"1h"}'],
    ["load", '{"withoutIncident":"declines"}'],
    ["faults", '{"delay":"1s","status":500,"percentage":10}'],
    ["faults", '{"delay":"60s","status":"599","percentage":"100"}'],
    ["faults", '{"delay":"4s"}'],
    [
      "images",
      '{"overrides":{"payment":"registry.example.com:5000/weaveworksdemos/payment:0.4.3"}}',
    ],
  ];
  for (const [key, value] of accepted) {
    it(`accept ${key} ${value}`, () => {
      expect(linesOf({ ...sandbox, [key]: value }, account)).to.deep.equal([]);
    });
  }

  for (const runTime of ["9s", "3601s", "61m", "2h", "0s", "02m", "1.5m", "2", "m", "-2m", "2m "]) {
    it(`refuse the duration "${runTime}"`, () => {
      const lines = linesOf({ ...sandbox, load: JSON.stringify({ runTime }) });

      expect(lines).to.have.length(1);
      expect(lines[0]).to.contain(`sock-shop:load.runTime: expected a duration from 10s to 1h`);
    });
  }

  it("name the nearest key for a misspelt member of a group", () => {
    expect(linesOf({ ...sandbox, load: '{"user":10}' })).to.deep.equal([
      "sock-shop:load.user: unknown key; did you mean load.users?",
    ]);
  });

  it("refuse an image for a service that does not exist", () => {
    const images = JSON.stringify({ overrides: { order: "weaveworksdemos/orders:0.4.7" } });

    expect(linesOf({ ...sandbox, images })).to.deep.equal([
      "sock-shop:images.overrides.order: unknown key; did you mean images.overrides.orders?",
    ]);
  });

  for (const handle of ["slack-shop", "@", "@slack shop", " @slack", `@${"x".repeat(100)}`]) {
    it(`refuse the handle "${handle.slice(0, 12)}"`, () => {
      const lines = linesOf({ ...sandbox, notify: JSON.stringify(["@ok", handle]) });

      expect(lines).to.have.length(1);
      expect(lines[0]).to.match(/^sock-shop:notify\.1: expected a list of handles .+; .+/);
    });
  }

  it("refuse an image without a tag", () => {
    const images = JSON.stringify({ overrides: { orders: "weaveworksdemos/orders" } });

    const [line] = linesOf({ ...sandbox, images });

    expect(line).to.match(
      /^sock-shop:images\.overrides\.orders: expected .* tag or digest, got "w/,
    );
  });

  it("want real keys as soon as Datadog is not on this machine", () => {
    const missing = ["datadogApiKey", "datadogAppKey"].map(
      (key) =>
        `sock-shop:${key}: expected a secret, got nothing; ` +
        `set it with: pulumi config set --secret ${key}`,
    );

    expect(linesOf({ datadogApiUrl: "https://datadog.example.com/" })).to.deep.equal(missing);
    expect(linesOf({})).to.deep.equal(missing);
    expect(linesOf({}, account)).to.deep.equal([]);
  });

  it("refuse an empty secret", () => {
    expect(linesOf(sandbox, { catalogueDbPassword: "empty" })).to.deep.equal([
      "sock-shop:catalogueDbPassword: expected a secret, got an empty text; " +
        "set it with: pulumi config set --secret catalogueDbPassword",
    ]);
  });

  it("answer any text under any key with settings or with lines that name the key", () => {
    const keys = documentedKeys().map(({ key }) => key.split(".")[0] ?? key);
    const text = fc.oneof(fc.string(), fc.json(), fc.integer().map(String));
    const property = fc.property(fc.constantFrom(...keys), text, (key, value) => {
      const lines = linesOf({ ...sandbox, kubeContext: "mine", [key]: value }, account);
      const strays = lines.filter((line) => !line.startsWith(`sock-shop:${key}`));
      expect(strays).to.deep.equal([]);
    });

    fc.assert(property, { numRuns: 500 });
  });

  it("accept every example that the documentation gives", () => {
    const context = { kubeContext: "mine" };
    for (const { key, doc } of documentedKeys().filter(({ key }) => !key.includes("."))) {
      const value = /^[{[]/.test(doc.example) ? JSON.stringify(parse(doc.example)) : doc.example;

      expect(linesOf({ ...context, [key]: value }, account), key).to.deep.equal([]);
    }
  });

  it("are described for every key", () => {
    for (const { key, doc } of documentedKeys()) {
      expect(doc, key).to.include.all.keys("expected", "meaning", "example");
    }
  });
});
