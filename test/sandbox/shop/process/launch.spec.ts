import { readFileSync } from "node:fs";
import { expect } from "chai";
import { nameNotFound } from "../../../../sandbox/shop/http/address.ts";
import { launchOf } from "../../../../sandbox/shop/process/launch.ts";
import type { LaunchPlace } from "../../../../sandbox/shop/process/launch.ts";
import {
  assertVersion,
  programOfImage,
  programVersions,
} from "../../../../sandbox/shop/process/process-spec.ts";
import type { ProcessSpec } from "../../../../sandbox/shop/process/process-spec.ts";

const place: LaunchPlace = {
  root: "/pods/x",
  toolsDir: "/tools",
  resolve: (name, port) => {
    if (!name.startsWith("front-end")) throw nameNotFound(name);
    return { host: "127.0.0.1", port: port + 1945 };
  },
  freePort: () => Promise.resolve(40_000),
};

const locust: ProcessSpec = {
  program: "locust",
  image: "locustio/locust:2.47.0",
  podName: "load",
  namespace: "shop",
  words: [
    "--headless",
    "--locustfile=/mnt/locust/locustfile.py",
    "--host=http://front-end.shop.svc.cluster.local",
  ],
  env: { HOME: "/tmp", EXPECTED_OUTCOME: "outage", HELP: "https://example.com/tmp" },
  probes: [],
  volumes: [
    { mountPath: "/mnt/locust", files: { "locustfile.py": "pass" } },
    { mountPath: "/tmp", files: {} },
  ],
  restart: "Never",
  graceSeconds: 30,
};

const envoy: ProcessSpec = {
  ...locust,
  program: "envoy",
  image: "envoyproxy/envoy:v1.40.0",
  words: ["-c", "/etc/envoy/envoy.yaml"],
  volumes: [
    {
      mountPath: "/etc/envoy",
      files: {
        "envoy.yaml":
          "static_resources: { listeners: [{ address: " +
          "{ socket_address: { address: 0.0.0.0, port_value: 8080 } } }] }",
      },
    },
  ],
};

const failure = (spec: ProcessSpec): Promise<string> =>
  launchOf(spec, place).then(
    () => "no failure",
    (error: unknown) => (error as Error).message,
  );

describe("the process of a pod", () => {
  it("gets the pod's own arguments and environment, with paths and addresses of this machine", async () => {
    const { command, env, ports } = await launchOf(locust, place);

    expect(command).to.deep.equal([
      "/tools/locust",
      "--headless",
      "--locustfile=/pods/x/mnt/locust/locustfile.py",
      "--host=http://127.0.0.1:2025",
    ]);
    expect(env).to.deep.equal({
      PATH: "/usr/bin:/bin",
      LANG: "C.UTF-8",
      HOME: "/pods/x/tmp",
      TMPDIR: "/pods/x/tmp",
      EXPECTED_OUTCOME: "outage",
      HELP: "https://example.com/tmp",
    });
    expect([...ports]).to.deep.equal([]);
  });

  it("takes a program that the container names itself", async () => {
    const { command } = await launchOf(
      { ...locust, words: ["/usr/local/bin/locust", "--headless"] },
      place,
    );

    expect(command).to.deep.equal(["/tools/locust", "--headless"]);
  });

  it("is Python where the container names that, which is beside locust in its image", async () => {
    const words = ["python3", "-I", "/mnt/locust/locustfile.py"];
    const { command, commandOf } = await launchOf({ ...locust, words }, place);

    const own = ["/tools/python3", "-I", "/pods/x/mnt/locust/locustfile.py"];
    expect(command).to.deep.equal(own);
    expect(commandOf([...words, "ready"])).to.deep.equal([...own, "ready"]);
  });

  it("starts Envoy with a copy of its configuration that has this machine's addresses", async () => {
    const { command, files, ports } = await launchOf(envoy, place);

    expect(command).to.deep.equal([
      "/tools/envoy",
      "-c",
      "/pods/x/envoy.yaml",
      "--disable-hot-restart",
    ]);
    expect([...ports]).to.deep.equal([[8080, 40_000]]);
    expect(files.map(({ path }) => path)).to.deep.equal(["/pods/x/envoy.yaml"]);
    expect(files[0]?.text).to.contain("address: 127.0.0.1, port_value: 40000");
  });

  it("is the stand-in of the synthetics worker, on a port of its own for the probes", async () => {
    const { command, ports } = await launchOf(
      {
        ...locust,
        program: "synthetics-worker",
        image: "gcr.io/datadoghq/synthetics-private-location-worker:1.60.0",
        words: ["--enableStatusProbes", "--statusProbesPort=8080"],
        volumes: [{ mountPath: "/etc/datadog", files: {}, secret: true }],
      },
      place,
    );

    expect(command[1]).to.match(/\/sandbox\/synthetics\/main\.ts$/);
    expect([command[0], ...command.slice(2)]).to.deep.equal([
      process.execPath,
      "--enableStatusProbes",
      "--statusProbesPort=40000",
      "--config=/pods/x/etc/datadog/synthetics-check-runner.json",
      "--frontEnd=http://127.0.0.1:2025",
    ]);
    expect([...ports]).to.deep.equal([[8080, 40_000]]);
  });

  it("is a locust master on a loopback port of its own, which its Service leads to", async () => {
    const words = ["--headless", "--master", "--expect-workers=2"];
    const { command, ports } = await launchOf({ ...locust, words }, place);

    expect(command).to.deep.equal([
      "/tools/locust",
      ...words,
      "--master-bind-host=127.0.0.1",
      "--master-bind-port=40000",
    ]);
    expect([...ports]).to.deep.equal([[5557, 40_000]]);
  });

  it("is a locust worker that reaches its master by the Service's loopback port", async () => {
    const words = ["--headless", "--worker", "--master-host=front-end", "--master-port=80"];
    const { command, ports } = await launchOf({ ...locust, words }, place);

    expect(command).to.deep.equal([
      "/tools/locust",
      ...["--headless", "--worker", "--master-host=127.0.0.1", "--master-port=2025"],
    ]);
    expect([...ports]).to.deep.equal([]);
  });

  for (const [what, spec, message] of [
    [
      "another program of the image",
      { ...locust, words: ["sh", "-c", "x"] },
      'the sandbox runs only locust and python3 in its image, not "sh"',
    ],
    [
      "a locust with a page",
      { ...locust, words: ["--host=x"] },
      "the sandbox does not run locust without --headless: it would listen beyond loopback",
    ],
    [
      "a locust that says where its master listens",
      { ...locust, words: ["--headless", "--master", "--master-bind-host=0.0.0.0"] },
      "the sandbox does not run locust --master-bind-host=0.0.0.0: it would listen beyond loopback",
    ],
    [
      "a locust worker without a Service",
      { ...locust, words: ["--headless", "--worker"] },
      "the sandbox runs a locust worker only with --master-host=<Service>",
    ],
    [
      "a locust worker of a Service that the cluster does not have",
      { ...locust, words: ["--headless", "--worker", "--master-host=back-end"] },
      "getaddrinfo ENOTFOUND back-end",
    ],
    [
      "a Service that the cluster does not have",
      { ...locust, words: ["--headless", "--host=http://back-end.shop.svc.cluster.local"] },
      "getaddrinfo ENOTFOUND back-end.shop.svc.cluster.local",
    ],
    [
      "an Envoy without a configuration of the cluster",
      { ...envoy, words: ["-c", "/etc/other.yaml"] },
      'Envoy needs -c and a file of a ConfigMap, got "-c /etc/other.yaml"',
    ],
    [
      "an Envoy with a second configuration",
      { ...envoy, words: [...envoy.words, "--config-yaml", "{}"] },
      "the sandbox does not run Envoy with --config-yaml",
    ],
  ] as const) {
    it(`refuses ${what}`, async () => {
      expect(await failure(spec)).to.equal(message);
    });
  }
});

describe("the image of a process", () => {
  it("is of the version that the pinned packages install", () => {
    const url = new URL("../../../../sandbox/toolchain/python/load.txt", import.meta.url);
    const pins = readFileSync(url, "utf8");

    expect(pins).to.contain(`\nlocust==${programVersions.locust} `);
    expect(pins).to.contain(`\nenvoy-server==${programVersions.envoy} `);
  });

  for (const [image, program] of [
    ["locustio/locust:2.47.0", "locust"],
    ["mirror.example.com/hub/locustio/locust:2.47.0@sha256:00", "locust"],
    ["envoyproxy/envoy:v1.40.0", "envoy"],
    ["notlocustio/locust:2", undefined],
    ["locustio/locust-exporter:1", undefined],
    ["weaveworksdemos/payment:0.4.3", undefined],
  ] as const) {
    it(`${image} is ${program ?? "a stand-in's"}`, () => {
      expect(programOfImage(image)).to.equal(program);
    });
  }

  it("may be of another patch release, not of another minor one", () => {
    for (const image of ["envoyproxy/envoy:v1.40.3", "envoyproxy/envoy@sha256:00", "e/e:latest"]) {
      expect(() => {
        assertVersion("envoy", image);
      }, image).not.to.throw();
    }
    expect(() => {
      assertVersion("envoy", "envoyproxy/envoy:v1.4.0");
    }).to.throw("the sandbox runs envoy 1.40.0, but the pod's image is envoyproxy/envoy:v1.4.0");
  });
});
