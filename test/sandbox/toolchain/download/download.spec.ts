import { expect } from "chai";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../../../sandbox/host/ports.ts";
import {
  download,
  fetchText,
  type Network,
} from "../../../../sandbox/toolchain/download/download.ts";
import { connectFailure, Hosts } from "../../../../sandbox/toolchain/download/reachable-hosts.ts";
import { fileServer, serve, type FileServer } from "./file-server.ts";

const text = "the program";
const sha256 = createHash("sha256").update(text).digest("hex");

describe("a download", () => {
  let folder: string;
  let file: string;
  let server: FileServer;
  let network: Network;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "download-"));
    file = join(folder, "tool");
    network = { hosts: new Hosts() };
    server = await fileServer({
      "/tool": serve(text),
      "/silent": () => undefined,
      "/stalls": (_, response) => {
        response.writeHead(200, { "content-length": text.length }).write("the");
      },
      "/breaks": (_, response) => {
        response.writeHead(200, { "content-length": text.length }).write("the ");
        setTimeout(() => response.destroy(), 50);
      },
      "/whole-again": (_, response) => {
        response.writeHead(200).end(text);
      },
    });
  });

  afterEach(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  const failure = (path: string, sum: string | undefined = sha256): Promise<string> =>
    download({ url: server.url(path), sha256: sum }, file, network).then(
      () => "no error",
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );

  it("downloads the file and leaves nothing else", async () => {
    expect(await failure("/tool")).to.equal("no error");

    expect(await readFile(file, "utf8")).to.equal(text);
    expect(await readdir(folder)).to.deep.equal(["tool"]);
  });

  it("reports its progress", async () => {
    const seen: [number, number | undefined][] = [];
    const onBytes = (received: number, total: number | undefined): void => {
      seen.push([received, total]);
    };

    await download({ url: server.url("/tool"), sha256 }, file, { ...network, onBytes });

    expect(seen.at(-1)).to.deep.equal([text.length, text.length]);
  });

  it("resumes where an interrupted one ended", async () => {
    await writeFile(`${file}.partial`, "the prog");

    expect(await failure("/tool")).to.equal("no error");

    expect(await readFile(file, "utf8")).to.equal(text);
    expect(server.requests).to.deep.equal(["GET /tool bytes=8-"]);
  });

  it("uses a complete one from a run that was interrupted before the rename", async () => {
    await writeFile(`${file}.partial`, text);

    expect(await failure("/tool")).to.equal("no error");

    expect(await readFile(file, "utf8")).to.equal(text);
  });

  it("starts over when the server does not continue", async () => {
    await writeFile(`${file}.partial`, "something else that is longer");

    expect(await failure("/whole-again")).to.equal("no error");

    expect(await readFile(file, "utf8")).to.equal(text);
  });

  it("fetches nothing when the file is there with the right checksum", async () => {
    await writeFile(file, text);

    expect(await failure("/tool")).to.equal("no error");

    expect(server.requests).to.deep.equal([]);
  });

  it("refuses a file with another checksum, and does not keep it", async () => {
    const wrong = "0".repeat(64);

    expect(await failure("/tool", wrong)).to.equal(
      `checksum of ${server.url("/tool")} is ${sha256}, expected ${wrong}`,
    );
    expect(await readdir(folder)).to.deep.equal([]);
  });

  it("keeps what came before the connection broke", async () => {
    expect(await failure("/breaks")).to.equal(`${server.url("/breaks")}: other side closed`);

    expect(await readFile(`${file}.partial`, "utf8")).to.equal("the ");
    expect(await readdir(folder)).to.deep.equal(["tool.partial"]);
  });

  it("gives up when no answer comes", async () => {
    network = { ...network, quietMs: 100 };

    expect(await failure("/silent")).to.equal(
      `${server.url("/silent")}: received nothing for 0.1 s`,
    );
  });

  it("gives up when the answer stops in the middle", async () => {
    network = { ...network, quietMs: 100 };

    expect(await failure("/stalls")).to.equal(
      `${server.url("/stalls")}: received nothing for 0.1 s`,
    );
  });

  it("says what the server answered", async () => {
    expect(await failure("/none")).to.equal(`${server.url("/none")} answers 404`);
    expect(await fetchText(server.url("/none"), network).catch(String)).to.include("answers 404");
  });

  it("tries a host that refuses connections once", async () => {
    const url = `http://127.0.0.1:${await freePort()}/tool`;
    const trial = (): Promise<string> =>
      download({ url, sha256 }, file, network).then(String, String);

    expect(await trial()).to.equal("Error: 127.0.0.1 refuses connections");
    expect(network.hosts.whyNot(url)).to.equal(network.hosts.whyNot(`${url}/other`));
  });
});

describe("connectFailure", () => {
  it("describes the usual causes, and others by their code", () => {
    expect(connectFailure("a.test", "ENOTFOUND")).to.equal("a.test cannot be resolved");
    expect(connectFailure("a.test", "EAI_AGAIN")).to.equal("a.test cannot be resolved");
    expect(connectFailure("a.test", "ENETUNREACH")).to.equal(
      "a.test cannot be reached (ENETUNREACH)",
    );
  });
});
