import { createServer } from "node:net";
import { expect } from "chai";
import type { PortForwarder } from "../../../../sandbox/shop/kube-proxy/port-forwarder.ts";
import { createPortForwarder } from "../../../../sandbox/shop/kube-proxy/port-forwarder.ts";
import {
  claimServicePort,
  type ServicePort,
} from "../../../../sandbox/shop/kube-proxy/service-port.ts";
import type { Address } from "../../../../sandbox/shop/http/address.ts";
import type { Listener } from "../../../../sandbox/http/listener.ts";
import { listen } from "../../../../sandbox/http/listener.ts";

/** Status of a GET, or the code of the socket's error. */
async function get({ host, port }: Address): Promise<string> {
  return await fetch(`http://${host}:${port}/`, { headers: { connection: "close" } }).then(
    (response) => response.text(),
    (error: unknown) => String(((error as Error).cause as NodeJS.ErrnoException).code),
  );
}

function pod(name: string): Promise<Listener> {
  return listen({
    handle: () => Promise.resolve({ status: 200, body: name }),
    onFault: (error) => {
      throw error;
    },
  });
}

const at = ({ port }: Listener): Address => ({ host: "127.0.0.1", port });

describe("the address of a Service", () => {
  let claimed: ServicePort;
  let forwarder: PortForwarder;
  let first: Listener;
  let second: Listener;

  beforeEach(async () => {
    claimed = await claimServicePort(new Set());
    const { port } = claimed;
    forwarder = createPortForwarder({ port, onError: (message) => expect.fail(message) });
    first = await pod("first");
    second = await pod("second");
  });
  afterEach(async () => {
    await forwarder.close();
    await claimed.release();
    await Promise.all([first.close(), second.close()]);
  });

  it("refuses connections before it ever had an endpoint", async () => {
    expect(await get(forwarder.address)).to.equal("ECONNREFUSED");
  });

  it("refuses connections when its last endpoint is gone, and comes back at the same port", async () => {
    await forwarder.setEndpoints([at(first)]);
    const before = await get(forwarder.address);
    await forwarder.setEndpoints([]);
    const during = await get(forwarder.address);
    await forwarder.setEndpoints([at(second)]);
    const after = await get(forwarder.address);

    expect([before, during, after]).to.deep.equal(["first", "ECONNREFUSED", "second"]);
  });

  it("shares connections among all endpoints", async () => {
    await forwarder.setEndpoints([at(first), at(second)]);

    const answers = [];
    for (let turn = 0; turn < 4; turn += 1) answers.push(await get(forwarder.address));

    expect(answers.toSorted()).to.deep.equal(["first", "first", "second", "second"]);
  });

  it("cuts a connection whose endpoint is not there any more", async () => {
    await forwarder.setEndpoints([at(first)]);
    await first.close();

    expect(await get(forwarder.address)).to.be.oneOf(["ECONNRESET", "UND_ERR_SOCKET"]);
  });

  it("says which port is taken", async () => {
    const holder = createServer();
    const { port, release } = await claimServicePort(new Set([forwarder.address.port]));
    await new Promise<void>((done) => holder.listen({ port, host: "127.0.0.1" }, done));
    const messages: string[] = [];
    const blocked = createPortForwarder({
      port,
      onError: (message) => void messages.push(message),
    });

    await blocked.setEndpoints([at(first)]);
    await blocked.close();
    await new Promise((done) => holder.close(done));
    await release();

    expect(messages).to.deep.equal([
      `port ${port} cannot be opened: another program listens there; ` +
        "stop that program and restart the shop",
    ]);
  });
});
