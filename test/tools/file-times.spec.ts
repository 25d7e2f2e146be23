import { expect } from "chai";
import { slowestFiles } from "./file-times.ts";

describe("slowestFiles", () => {
  it("adds up tests and hooks of a file, and lists the slowest first", () => {
    const timed = [
      { file: "/x/test/a.spec.ts", ms: 1200 },
      { file: "/x/test/b.spec.ts", ms: 61_000 },
      { file: "/x/test/a.spec.ts", ms: 849 },
      { file: undefined, ms: 99_000 },
      { file: "/y/c.spec.ts", ms: 100 },
      { file: "/x/test/d.spec.ts", ms: 0 },
    ];

    expect(slowestFiles(timed, "/x", 3)).to.deep.equal([
      "   61.0 s  test/b.spec.ts",
      "    2.0 s  test/a.spec.ts",
      "    0.1 s  /y/c.spec.ts",
    ]);
  });
});
