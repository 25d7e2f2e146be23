import { readFileSync } from "node:fs";
import { expect } from "chai";
import { oldWords, oldWordsIn } from "../support/pages/old-words.ts";
import { rowsOf } from "../support/pages/markdown.ts";
import { repositoryFiles } from "../support/pages/repository-files.ts";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");

/** What must be free of old words: pages, help, and every comment, message and name of the code. */
const covered = /\.(?:md|ts|js|py|sh|ya?ml)$|^lab$|^Makefile$|^test\/golden\/lab-help\.txt$/;

/** Texts that must name the old words. */
const exempt =
  /^test\/support\/pages\/old-words\.ts$|^test\/docs\/words\.spec\.ts$|^test\/fixtures\//;

const glossary = /\n## Glossary\n.*?(?=\n## )/s;

describe("the words of", () => {
  it("help, pages, messages and comments are those of the glossary", async () => {
    const files = (await repositoryFiles()).filter(
      (file) => covered.test(file) && !exempt.test(file),
    );

    const slips = files.flatMap((file) =>
      oldWordsIn(read(file).replace(glossary, "")).map(
        ({ word, instead }) => `${file}: "${word}": use ${instead}`,
      ),
    );

    expect(files).to.include.members(["README.md", "docs/architecture.md"]);
    expect(slips).to.deep.equal([]);
  });

  it("the glossary's last column are all noticed", () => {
    const [chapter = ""] = glossary.exec(read("CONTRIBUTING.md")) ?? [];
    const old = rowsOf(chapter)
      .slice(1)
      .flatMap((cells) => cells.at(-1)?.split(", ") ?? [])
      .filter((word) => word !== "");

    expect(old).to.have.length.greaterThan(8);
    expect(old.filter((word) => oldWordsIn(word).length === 0)).to.deep.equal([]);
  });

  for (const text of [
    "an update that was killed is mended first",
    "const mendInterrupted = 1;",
    "bring what is missing",
    "it was brought back",
    "a monitor that tells people",
    "Who is told by the monitors",
    "nobody is told",
    "a lost order, of which it tells of late",
    "an outage that people were told of",
    "no call takes a detour",
    "at most so many, the newest",
    "at most so\n * many, the newest",
    "and hands on its exit code",
    "The same by hand, in ./lab shell",
    "writes the golden files anew",
    "what stands there in its stead",
    "the port in the place of the name",
    "a tool that cannot be had",
    "warnings that nobody heard of",
    "orders waits in vain",
    "they know no summer time",
    "const usualClusterName = 1;",
    "an image that is none of these",
    "what of the pipelines is not run",
  ]) {
    it(`"${text.replace("\n", " ")}" are noticed`, () => {
      expect(oldWordsIn(text)).to.have.length(1);
    });
  }

  it("plain English are left alone", () => {
    const text =
      "Logs tell the two apart. Use this instead. I recommend to amend it. The handler is one. " +
      "There is none. It ends when told to. It returns the exit code. The foretold end. Somebody scaled it by hand.";

    expect(oldWordsIn(text)).to.deep.equal([]);
    expect(oldWords.length).to.be.greaterThan(15);
  });
});
