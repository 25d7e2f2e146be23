import { expect } from "chai";
import type { ToolSpec } from "../../../sandbox/toolchain/tools.ts";
import { sourcesFor, type Available } from "../../../sandbox/toolchain/tool-sources.ts";

const download = { urls: ["https://example.test/x"], checksums: [] };
const build = { module: "kwok", package: "a/x", variables: {} } as const;
const spec: ToolSpec = {
  name: "x",
  program: "x",
  kind: "program",
  version: "1.0.0",
  fits: { from: "1.0.0" },
  download: () => download,
  build,
  standIn: "x",
};
const means: Available = {
  platform: { os: "linux", arch: "amd64" },
  go: { path: "/go", version: "1.26.8" },
};

describe("sourcesFor", () => {
  it("prefers what is installed, then the download, the build, and last the stand-in", () => {
    expect(sourcesFor(spec, { ...means, installedPlugin: "/p" })).to.deep.equal([
      { kind: "link", from: "/p" },
      { kind: "download", download },
      { kind: "build", go: "/go", build },
      { kind: "stand-in", folder: "x" },
    ]);
  });

  it("says why nothing can be downloaded on an uncommon platform", () => {
    expect(sourcesFor(spec, { ...means, platform: undefined })[0]).to.deep.equal({
      kind: "none",
      reason: "download: nothing official for this platform",
    });
  });

  it("says why nothing can be built without Go", () => {
    expect(sourcesFor(spec, { ...means, go: undefined })[1]).to.deep.equal({
      kind: "none",
      reason: "Go build: no go on PATH; install it from https://go.dev/dl",
    });
  });

  it("accepts a Go that can fetch a newer one, and no older one", () => {
    const withGo = (version: string): Available => ({ ...means, go: { path: "/go", version } });

    expect(sourcesFor(spec, withGo("1.21.0"))[1]?.kind).to.equal("build");
    expect(sourcesFor(spec, withGo("1.20.14"))[1]).to.deep.equal({
      kind: "none",
      reason: "Go build: /go is 1.20.14, but this needs >= 1.21.0",
    });
  });

  it("has neither a build nor a stand-in where the tool has none", () => {
    const { name, program, kind, version, fits } = spec;
    const bare = { name, program, kind, version, fits };

    expect(sourcesFor(bare, means)).to.deep.equal([
      { kind: "none", reason: "download: nothing official for this platform" },
    ]);
  });
});
