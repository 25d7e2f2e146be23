import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import type { HttpCall } from "../../../sandbox/shop/http/client.ts";
import { createHttpCall } from "../../../sandbox/shop/http/client.ts";

describe("the services' HTTP client", () => {
  const connections = { count: 0 };
  const server = createServer((_request, response) => response.end("ok"));
  server.on("connection", () => (connections.count += 1));
  let port: number;
  let address: { host: string; port: number; epoch?: number };
  let call: HttpCall;

  before(async () => {
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    ({ port } = server.address() as AddressInfo);
  });
  beforeEach(() => {
    connections.count = 0;
    call = createHttpCall(() => address);
  });
  after((done) => {
    server.close(done);
    server.closeAllConnections();
  });

  async function callTwice(first: number | undefined, second: number | undefined): Promise<void> {
    for (const epoch of [first, second]) {
      address = { host: "127.0.0.1", port, ...(epoch === undefined ? {} : { epoch }) };
      await call({ url: "http://payment/" });
      await new Promise((done) => setImmediate(done));
    }
  }

  it("uses an idle connection again", async () => {
    await callTwice(1, 1);

    expect(connections.count).to.equal(1);
  });

  it("uses no connection from before the Service moved", async () => {
    await callTwice(1, 2);

    expect(connections.count).to.equal(2);
  });

  it("keeps no connection where the address does not say when it moves", async () => {
    await callTwice(undefined, undefined);

    expect(connections.count).to.equal(2);
  });
});
