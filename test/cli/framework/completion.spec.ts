import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { completionRequest } from "../../../cli/framework/completion.ts";
import { completionScripts } from "../../../cli/framework/completion-scripts.ts";
import { runCli } from "../../support/cli.ts";

const main = new URL("../../../cli/main.ts", import.meta.url).pathname;

/** The words that are offered for the last of these. */
async function offered(...words: readonly string[]): Promise<readonly string[]> {
  const scenarios = { "simulation/scenarios/node-drain.yaml": "" };
  const { code, stdout } = await runCli([completionRequest, ...words], { files: scenarios });
  expect(code).to.equal(0);
  return stdout.split("\n").flatMap((line) => (line === "" ? [] : (line.split("\t")[0] ?? "")));
}

describe("completion of the command line", () => {
  const cases: readonly (readonly [words: string[], expected: string[]])[] = [
    [["st"], ["status"]],
    [["inc"], ["incident"]],
    [
      ["incident", ""],
      ["enter", "leave", "run", "status", "overdue", "verify"],
    ],
    [["incident", "enter", "payment-s"], ["payment-slow"]],
    [["incident", "enter", "payment-slow", ""], []],
    [
      ["up", "--stack", ""],
      ["dev", "sandbox"],
    ],
    [["up", "-s", "d"], ["dev"]],
    [["up", "--stack", "=", "d"], ["dev"]],
    [
      ["up", "--stack", "="],
      ["dev", "sandbox"],
    ],
    [["up", "--stack=d"], ["--stack=dev"]],
    [["--stack", "dev", "dow"], ["down"]],
    [
      ["up", "--re"],
      ["--refresh", "--retry-downloads"],
    ],
    [["up", "--refresh", "--re"], ["--retry-downloads"]],
    [["logs", "test", ""], [":files"]],
    [["logs", "test", "x", "--service", "user-"], ["user-db"]],
    [["incident", "overdue", "--file", ""], [":files"]],
    [["incident", "overdue", "--longest", ""], []],
    [["signals", "test", "node-drain", ""], ["node-drain"]],
    [["completion", "z"], ["zsh"]],
    [["shell", "--", "kub"], [":files"]],
    [["--ver"], ["--version"]],
    [["frobnicate", ""], []],
  ];

  for (const [words, expected] of cases) {
    it(`offers ${expected.join(", ") || "nothing"} for "${words.join(" ")}"`, async () => {
      expect(await offered(...words)).to.deep.equal(expected);
    });
  }

  it("explains what it offers", async () => {
    const { stdout } = await runCli([completionRequest, "docto"]);

    expect(stdout).to.match(/^doctor\tcheck every tool, port and folder /);
  });

  for (const shell of ["bash", "zsh", "fish"] as const) {
    it(`prints the script for ${shell}`, async () => {
      const { code, stdout } = await runCli(["completion", shell]);

      expect({ code, stdout }).to.deep.equal({ code: 0, stdout: completionScripts[shell] });
    });
  }

  it("refuses a shell that it does not know", async () => {
    const { code, stderr } = await runCli(["completion", "tcsh"]);

    expect(code).to.equal(2);
    expect(stderr).to.equal('lab: unknown shell "tcsh": choose bash, zsh, fish\n');
  });
});

/** Scripts that load the completion and print what the shell makes of unfinished lines. */
const drivers = {
  bash: {
    args: ["--norc", "-c"],
    script: `
      source <(./lab completion bash)
      complete -p lab
      offers() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _lab; echo "\${COMPREPLY[*]}"; }
      offers ./lab incident en
      offers ./lab incident enter payment-s
      offers ./lab up --stack = d
      offers ./lab logs test READ`,
    expected: ["complete -F _lab lab", "enter", "payment-slow", "dev", "README.md"],
  },
  fish: {
    args: ["--no-config", "-c"],
    script: `
      ./lab completion fish | source
      complete -C "./lab incident en" | string split -f1 \\t
      complete -C "./lab incident enter payment-s"
      complete -C "./lab up --stack=d"
      complete -C "./lab logs test READ"`,
    expected: ["enter", "payment-slow", "--stack=dev", "README.md"],
  },
  zsh: {
    args: ["-f", "-c"],
    // a terminal of its own, in which keys are pressed; ^X^L is bound to show the line
    script: `
      zmodload zsh/zpty
      zpty shell zsh -f -i
      zpty -w shell "PS1=; autoload -Uz compinit; compinit -D -u; source <(./lab completion zsh)"
      zpty -w shell 'line() { print -r -- "<$BUFFER>" }; zle -N line; bindkey "^X^L" line; echo RE''ADY'
      zpty -r shell out '*READY*'
      for typed in "incident en" "incident enter payment-s" "up --stack=d" "logs test READ"; do
        zpty -w -n shell "./lab $typed"$'\\t\\x18\\x0c\\x15'
        zpty -r shell out '*<*>*'
        print -r -- "\${\${out##*<}%%>*}"
      done
      zpty -d shell`,
    expected: [
      "./lab incident enter ",
      "./lab incident enter payment-slow ",
      "./lab up --stack=dev ",
      "./lab logs test README.md ",
    ],
  },
};

describe("completion in a real shell", () => {
  let folder = "";

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "completion-"));
    const start = `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`;
    writeFileSync(join(folder, "lab"), start, { mode: 0o755 });
    writeFileSync(join(folder, "README.md"), "");
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const [shell, { args, script, expected }] of Object.entries(drivers)) {
    it(`works in ${shell}`, function () {
      this.timeout(60_000);
      const found = spawnSync(shell, ["--version"]);
      if (found.error) {
        console.log(`    not tested: ${shell} is not installed on this machine`);
        this.skip();
      }
      const { stdout, stderr } = spawnSync(shell, [...args, script], {
        cwd: folder,
        encoding: "utf8",
        env: process.env,
        timeout: 50_000,
      });

      expect(stdout.split("\n").slice(0, -1), stderr).to.deep.equal(expected);
    });
  }
});
