import { expect } from "chai";
import { readFileSync } from "node:fs";
import { checksumIn } from "../../../sandbox/toolchain/download/download-urls.ts";
import { pinnedChecksums } from "../../../sandbox/toolchain/download/pinned-checksums.ts";
import { goBuildArgs } from "../../../sandbox/toolchain/go/go-modules.ts";
import { platformOf, type Platform } from "../../../sandbox/toolchain/platform.ts";
import { sandboxTools } from "../../../sandbox/toolchain/tools.ts";
import { fits } from "../../../sandbox/toolchain/version.ts";
import { versions } from "../../../sandbox/toolchain/versions.ts";

const read = (file: string): string =>
  readFileSync(new URL(`../../../${file}`, import.meta.url), "utf8");

const linux: Platform = { os: "linux", arch: "amd64" };
const mac: Platform = { os: "darwin", arch: "arm64" };

describe("the table of tools", () => {
  it("has what the sandbox needs, once each", () => {
    expect(sandboxTools.map(({ name }) => name)).to.deep.equal([
      "pulumi",
      "language-nodejs",
      "plugin kubernetes",
      "plugin datadog",
      "plugin command",
      "kubectl",
      "kwokctl",
      "kwok",
      "etcd",
      "kube-apiserver",
      "kube-controller-manager",
      "kube-scheduler",
    ]);
  });

  for (const spec of sandboxTools) {
    it(`accepts the ${spec.name} that it would install itself`, () => {
      expect(fits(spec.version, spec.fits)).to.equal(true);
    });

    it(`has a source of ${spec.name} where nothing can be downloaded`, () => {
      expect(spec.build ?? spec.standIn).not.to.equal(undefined);
    });
  }

  it("builds what its go.mod files pin", () => {
    for (const { build, version } of sandboxTools) {
      if (!build) continue;
      const mod = read(`sandbox/toolchain/go/${build.module}/go.mod`);
      const required = mod
        .split("\n")
        .map((line) =>
          line
            .trim()
            .replace(/^require /, "")
            .split(" "),
        )
        .find(
          ([module = ""]) => build.package === module || build.package.startsWith(`${module}/`),
        );

      expect(required?.[1], build.package).to.equal(`v${version}`);
    }
  });

  it("pins a Kubernetes staging module for each that the main module leaves open", () => {
    const mod = read("sandbox/toolchain/go/kubernetes/go.mod");
    const minorAndPatch = versions.kubernetes.split(".").slice(1).join(".");
    const replaced = [...mod.matchAll(/^\s(k8s\.io\/[a-z-]+) => (\S+) (\S+)$/gm)];

    expect(replaced.length).to.be.greaterThan(25);
    for (const [, from, to, version] of replaced) {
      expect([from, version]).to.deep.equal([to, `v0.${minorAndPatch}`]);
    }
  });

  it("installs the plugins that the SDKs in package.json belong to", () => {
    const { dependencies } = JSON.parse(read("package.json")) as {
      dependencies: Record<string, string>;
    };
    for (const [name, version] of Object.entries(versions.plugins)) {
      expect(dependencies[`@pulumi/${name}`]).to.equal(version);
    }
    expect(dependencies["@pulumi/pulumi"]).to.equal(versions.pulumi);
  });

  it("downloads from the official places, by HTTPS", () => {
    const hosts = ["get.pulumi.com", "github.com", "dl.k8s.io"];
    for (const { name, download } of sandboxTools) {
      const { urls = [], checksums = [] } = download?.(linux) ?? {};

      expect(urls, name).not.to.deep.equal([]);
      for (const url of [...urls, ...checksums]) {
        expect(new URL(url).protocol).to.equal("https:");
        expect(new URL(url).hostname).to.be.oneOf(hosts);
      }
    }
  });

  it("knows how each source names platforms", () => {
    const urlsOf = (name: string, platform: Platform): string =>
      sandboxTools.find((spec) => spec.name === name)?.download?.(platform)?.urls[0] ?? "none";

    expect(urlsOf("pulumi", linux)).to.match(/\/pulumi-v3\.276\.0-linux-x64\.tar\.gz$/);
    expect(urlsOf("pulumi", mac)).to.match(/\/pulumi-v3\.276\.0-darwin-arm64\.tar\.gz$/);
    expect(urlsOf("plugin datadog", linux)).to.equal(
      "https://github.com/pulumi/pulumi-datadog/releases/download/v5.11.0/" +
        "pulumi-resource-datadog-v5.11.0-linux-amd64.tar.gz",
    );
    expect(urlsOf("etcd", mac)).to.match(/\/v3\.7\.3\/etcd-v3\.7\.3-darwin-arm64\.zip$/);
    expect(urlsOf("kwok", mac)).to.match(/\/v0\.8\.0\/kwok-darwin-arm64$/);
    expect(urlsOf("kubectl", mac)).to.equal(
      "https://dl.k8s.io/release/v1.37.2/bin/darwin/arm64/kubectl",
    );
  });

  it("knows that Kubernetes publishes servers for Linux only", () => {
    const server = sandboxTools.find(({ name }) => name === "kube-apiserver");

    expect(server?.download?.(mac)).to.equal(undefined);
    expect(server?.download?.(linux)?.checksums).to.deep.equal([
      "https://dl.k8s.io/release/v1.37.2/bin/linux/amd64/kube-apiserver.sha256",
    ]);
  });
});

describe("the pinned checksums", () => {
  it("are SHA-256, and each of a download that there is", () => {
    const platforms: Platform[] = (["linux", "darwin"] as const).flatMap((os) =>
      (["amd64", "arm64"] as const).map((arch) => ({ os, arch })),
    );
    const urls = sandboxTools.flatMap((spec) =>
      platforms.flatMap((platform) => spec.download?.(platform)?.urls ?? []),
    );

    expect(urls).to.include.members(Object.keys(pinnedChecksums));
    for (const sha256 of Object.values(pinnedChecksums)) expect(sha256).to.match(/^[0-9a-f]{64}$/);
  });
});

describe("platformOf", () => {
  it("knows the platforms with official downloads", () => {
    expect(platformOf("linux", "x64")).to.deep.equal(linux);
    expect(platformOf("darwin", "arm64")).to.deep.equal(mac);
  });

  it("knows none for others", () => {
    expect(platformOf("freebsd", "x64")).to.equal(undefined);
    expect(platformOf("linux", "riscv64")).to.equal(undefined);
  });
});

describe("goBuildArgs", () => {
  it("builds the same program from the same sources anywhere", () => {
    const build = { module: "kwok", package: "a/b", variables: { "a/v.X": "v1" } } as const;

    expect(goBuildArgs(build, "/out/b")).to.deep.equal([
      "build",
      "-v",
      "-mod=readonly",
      "-trimpath",
      "-buildvcs=false",
      "-ldflags=-s -w -X a/v.X=v1",
      "-o=/out/b",
      "a/b",
    ]);
  });
});

describe("checksumIn", () => {
  const a = "a".repeat(64);
  const b = "b".repeat(64);

  it("finds the row of the file, however the list marks binary files", () => {
    expect(checksumIn(`${a}  x.zip\n${b} *y.zip\n`, "y.zip")).to.equal(b);
    expect(checksumIn(`${a}  x.zip\n${b} *y.zip\n`, "x.zip")).to.equal(a);
  });

  it("reads a bare checksum", () => {
    expect(checksumIn(`${a.toUpperCase()}\n`, "kubectl")).to.equal(a);
  });

  it("ignores the checksum of another file", () => {
    expect(checksumIn(`${a}  x.zip\n`, "y.zip")).to.equal(undefined);
    expect(checksumIn(`${a}  x.zip\n${b}  z.zip\n`, "y.zip")).to.equal(undefined);
  });

  it("ignores what is no checksum", () => {
    expect(checksumIn("<html>not found</html>", "x.zip")).to.equal(undefined);
    expect(checksumIn(`${a.slice(1)}  x.zip`, "x.zip")).to.equal(undefined);
  });
});
