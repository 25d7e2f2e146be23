import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { expect } from "chai";
import { serviceNames } from "../../../../components/shop/catalogue.ts";
import { overrideProblem } from "../../../../components/shop/images/override-rules.ts";
import { imageSets, type ImageSetName } from "../../../../components/shop/images/image-sets.ts";
import { imageSetNames } from "../../../support/kubernetes/workloads.ts";

/** Distinct registries and owners of a set's images, without the public stores. */
function ownersOf(set: ImageSetName): string[] {
  const images = Object.values(imageSets[set]).map(({ image }) => image);
  const owners = images
    .filter((image) => image.includes("/"))
    .map((image) => image.replace(/\/[^/]*$/, ""));
  return [...new Set(owners)];
}

describe("image sets", () => {
  it("never mix the generations of the shop", () => {
    expect(ownersOf("weave")).to.deep.equal(["weaveworksdemos"]);
    expect(ownersOf("quay")).to.deep.equal(["quay.io/powercloud"]);
    expect(ownersOf("status-fix")).to.deep.equal(["quay.io/powercloud"]);
  });

  it("accept their own images as overrides", () => {
    const problems = imageSetNames.flatMap((set) =>
      serviceNames.flatMap((name) => overrideProblem(set, name, imageSets[set][name].image) ?? []),
    );

    expect(problems).to.deep.equal([]);
  });

  it("pin every public image to a release", () => {
    const floating = Object.values(imageSets.weave).filter(
      ({ image }) => !/:\d+(\.\d+)+/.test(image),
    );

    expect(floating).to.deep.equal([]);
  });

  it("let payment authorise the dearest pair of socks, which costs 104.98", () => {
    expect(imageSets.weave.payment).to.deep.include({
      command: ["/app"],
      args: ["-port=80", "-decline=105"],
    });
    expect(imageSets.quay.payment).to.deep.include({ port: 8080, args: ["-port=8080"] });
  });

  it("start the runbook's orders build without a command, on port 80", () => {
    const { orders } = imageSets["status-fix"];

    expect(orders.image).to.equal("quay.io/powercloud/sock-shop-orders:v1.0-status-fix");
    expect(orders.port).to.equal(80);
    expect(orders).to.not.have.any.keys("command", "args");
  });

  it("start MySQL 5.7 with at most 65536 open files, whatever the node allows", async () => {
    const { command = [], args = [] } = imageSets.weave["catalogue-db"];
    const folder = await mkdtemp(join(tmpdir(), "sock-shop-mysql-"));
    const entrypoint = join(folder, "docker-entrypoint.sh");
    await writeFile(entrypoint, '#!/bin/sh\necho "$(ulimit -n) $*"\n', { mode: 0o755 });
    const env = { ...process.env, PATH: `${folder}:${process.env["PATH"] ?? ""}` };
    const sh = (script: string) => execFileSync("sh", ["-c", script], { encoding: "utf8" }).trim();
    const hard = sh("ulimit -H -n");
    const limit = hard === "unlimited" ? 65536 : Math.min(Number(hard), 65536);

    const [shell = "", ...rest] = [...command, ...args];
    const said = execFileSync(shell, rest, { env, encoding: "utf8", stdio: "pipe" });
    expect(said).to.equal(`${limit} mysqld\n`);
    await rm(folder, { recursive: true });
  });

  it("end front-end six seconds after SIGTERM, inside its grace period of 20", () => {
    for (const set of imageSetNames) {
      const { command, args = [] } = imageSets[set]["front-end"];
      const steps: string[] = [];
      const world = {
        process: {
          on: (signal: string, handler: () => void) => {
            steps.push(signal);
            handler();
          },
          exit: (code: number) => steps.push(`exit ${code}`),
        },
        setTimeout: (end: () => void, ms: number) => {
          steps.push(`after ${ms} ms`);
          end();
        },
        require: (file: string) => steps.push(file),
      };

      runInNewContext(args[1] ?? "", world);
      expect([command, args[0]]).to.deep.equal([["node"], "-e"]);
      expect(steps).to.deep.equal(["SIGTERM", "after 6000 ms", "exit 0", "./server.js"]);
    }
  });

  it("let user wait ten minutes for the image of user-db", () => {
    for (const set of imageSetNames) expect(imageSets[set].user.startSeconds).to.equal(600);
  });

  it("keep the seed users of user-db visible", () => {
    for (const set of imageSetNames) {
      expect(imageSets[set]["user-db"].writable).to.not.include("/data/db-users");
    }
  });

  it("run mongo 4.4 for the Java services", () => {
    for (const set of imageSetNames) {
      expect(imageSets[set]["orders-db"].image).to.equal("mongo:4.4.29");
      expect(imageSets[set]["carts-db"].image).to.equal("mongo:4.4.29");
    }
  });

  it("put no password into commands, arguments or plain variables", () => {
    const texts = Object.values(imageSets)
      .flatMap((set) => Object.values(set))
      .flatMap(({ command = [], args = [], env = {} }) => [
        ...command,
        ...args,
        ...Object.entries(env).flat(),
      ]);

    expect(texts.filter((text) => /passw|DSN|:\/\/[^/]*@/i.test(text))).to.deep.equal([]);
  });
});

describe("overrideProblem", () => {
  const mirror = "registry.example.com:5000/mirror";
  const cases: readonly (readonly [
    ImageSetName,
    (typeof serviceNames)[number],
    string,
    RegExp?,
  ])[] = [
    ["weave", "user", `${mirror}/weaveworksdemos/user:0.4.7`],
    ["weave", "orders", "registry.example.com/team/orders:patched"],
    [
      "weave",
      "user",
      "quay.io/powercloud/sock-shop-user:latest",
      /set images\.set to quay or status-fix/,
    ],
    ["quay", "front-end", "weaveworksdemos/front-end:0.3.12", /set images\.set to weave instead$/],
    ["quay", "front-end", "quay.io/powercloud/sock-shop-front-end:v1.1-error-fix"],
    [
      "quay",
      "orders",
      "quay.io/powercloud/sock-shop-orders:v1.0-status-fix",
      /listens on another port; set images\.set to status-fix instead$/,
    ],
    [
      "status-fix",
      "orders",
      "quay.io/powercloud/sock-shop-orders:latest",
      /listens on another port; set images\.set to quay instead$/,
    ],
    ["weave", "orders-db", "mongo:5.0"],
    ["weave", "orders-db", "mongo:6.0", /^expected mongo 5\.0 or older/],
    ["weave", "carts-db", "docker.io/library/mongo:7", /^expected mongo 5\.0 or older/],
    ["weave", "user-db", "mongo:7"],
  ];
  for (const [set, service, image, problem] of cases) {
    it(`${problem ? "refuses" : "accepts"} ${image} for ${service} in set ${set}`, () => {
      const found = overrideProblem(set, service, image);

      if (problem) expect(found).to.match(problem);
      else expect(found).to.equal(undefined);
    });
  }
});
