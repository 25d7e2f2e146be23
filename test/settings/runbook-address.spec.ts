import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { cloneAt, repositoryPage, runbookAddress } from "../../settings/runbook-address.ts";

const page = "https://github.com/acme/sock-shop";

describe("the page of a repository", () => {
  const samePage = [
    "git@github.com:acme/sock-shop.git",
    "github.com:acme/sock-shop.git",
    "git@github.com:/acme/sock-shop",
    "ssh://git@github.com/acme/sock-shop.git",
    "ssh://git@github.com:22/acme/sock-shop.git",
    "ssh://git@ssh.github.com:443/acme/sock-shop.git",
    "git+ssh://git@github.com/acme/sock-shop.git",
    "git://github.com/acme/sock-shop.git",
    "https://github.com/acme/sock-shop.git",
    "https://github.com/acme/sock-shop",
    "https://github.com/acme/sock-shop/",
    "https://GitHub.com/acme/sock-shop.git",
    "http://github.com/acme/sock-shop",
    "https://www.github.com/acme/sock-shop",
  ];
  for (const remote of samePage) {
    it(`is the same by ${remote}`, () => {
      expect(repositoryPage(remote)).to.equal(page);
    });
  }

  const enterprise: readonly (readonly [remote: string, page: string])[] = [
    ["git@github.acme.com:web/shop.git", "https://github.acme.com/web/shop"],
    ["https://github.acme.com:8443/web/shop.git", "https://github.acme.com:8443/web/shop"],
    ["ssh://git@acme-github.net:2222/web/shop", "https://acme-github.net/web/shop"],
    ["git@acme.ghe.com:web/shop.js.git", "https://acme.ghe.com/web/shop.js"],
  ];
  for (const [remote, expected] of enterprise) {
    it(`is that of an enterprise by ${remote}`, () => {
      expect(repositoryPage(remote)).to.equal(expected);
    });
  }

  const none = [
    "",
    "/srv/git/github.com/sock-shop.git",
    "../sock-shop",
    "C:\\clones\\sock-shop",
    "file:///srv/git/acme/sock-shop.git",
    "git@gitlab.com:acme/sock-shop.git",
    "https://bitbucket.org/acme/sock-shop.git",
    "https://notgithub/acme/sock-shop",
    "git@github-work:acme/sock-shop.git",
    "https://github.com/acme",
    "https://github.com/acme/sock-shop/tree/main",
    "https://github.com/a b/sock-shop",
    "https://example.com/github.com/acme",
  ];
  for (const remote of none) {
    it(`is unknown for "${remote}"`, () => {
      expect(repositoryPage(remote)).to.equal(undefined);
    });
  }

  it("has no name, password, query or fragment of the remote in it", () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9_]{8,40}$/);
    const forms = [
      (it: string) => `https://${it}@github.com/acme/sock-shop.git`,
      (it: string) => `https://x-access-token:${it}@github.com/acme/sock-shop`,
      (it: string) => `https://oauth2:${it}@github.acme.com/acme/sock-shop`,
      (it: string) => `ssh://${it}:${it}@github.com/acme/sock-shop`,
      (it: string) => `https://github.com/acme/sock-shop?access_token=${it}#${it}`,
      (it: string) => `${it}@github.com:acme/sock-shop`,
    ];

    const property = fc.property(secret, fc.constantFrom(...forms), (it, form) => {
      expect(repositoryPage(form(it))).to.match(
        /^https:\/\/github\.(acme\.)?com\/acme\/sock-shop$/,
      );
    });

    fc.assert(property);
  });
});

describe("the address of the runbook", () => {
  const runbook = "docs/runbook.md";

  it("is on the default branch, whatever is checked out", () => {
    const remotes = { origin: "git@github.com:acme/sock-shop.git" };

    expect(runbookAddress({ remotes, runbook })).to.equal(`${page}/blob/HEAD/docs/runbook.md`);
  });

  it("is that of the source where the clone is of a fork", () => {
    const remotes = {
      origin: "git@github.com:me/sock-shop.git",
      upstream: "https://github.com/acme/sock-shop.git",
    };

    expect(runbookAddress({ remotes, runbook })).to.equal(`${page}/blob/HEAD/docs/runbook.md`);
  });

  it("has the folder of the project in a larger repository", () => {
    const remotes = { origin: page };
    const inside = "demos/sock shop#1/docs/runbook.md";

    expect(runbookAddress({ remotes, runbook: inside })).to.equal(
      `${page}/blob/HEAD/demos/sock%20shop%231/docs/runbook.md`,
    );
  });

  it("is unknown without a remote on GitHub, and where git does not track the runbook", () => {
    const elsewhere = { origin: "git@gitlab.com:acme/sock-shop.git" };

    expect(runbookAddress({ remotes: {}, runbook })).to.equal(undefined);
    expect(runbookAddress({ remotes: { backup: page }, runbook })).to.equal(undefined);
    expect(runbookAddress({ remotes: elsewhere, runbook })).to.equal(undefined);
    expect(runbookAddress({ remotes: { origin: page } })).to.equal(undefined);
  });
});

describe("a clone", () => {
  let folder = "";
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-C", folder, ...args], { stdio: "ignore" });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sock-shop-clone-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("says its remotes and where the runbook is in it", () => {
    const project = join(folder, "demos", "shop");
    mkdirSync(join(project, "docs"), { recursive: true });
    writeFileSync(join(project, "docs", "runbook.md"), "# Runbook\n");
    git("init");
    git("remote", "add", "origin", "git@github.com:acme/sock-shop.git");
    git("remote", "set-url", "--add", "origin", "git@github.com:backup/sock-shop.git");

    expect(cloneAt(project).runbook, "not tracked so far").to.equal(undefined);
    git("add", ".");
    expect(cloneAt(project)).to.deep.equal({
      remotes: { origin: "git@github.com:acme/sock-shop.git" },
      runbook: "demos/shop/docs/runbook.md",
    });
  });

  it("is empty for a folder that git does not know, and for one that is missing", () => {
    expect(cloneAt(folder)).to.deep.equal({ remotes: {} });
    expect(cloneAt(join(folder, "missing"))).to.deep.equal({ remotes: {} });
  });
});
