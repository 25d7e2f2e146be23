import type { Server, Socket } from "node:net";
import { connect, createServer } from "node:net";
import { isDeepStrictEqual } from "node:util";
import type { Address } from "../http/address.ts";

export interface PortForwarderOptions {
  /** Port on 127.0.0.1 that it listens on while it has endpoints. */
  readonly port: number;
  /** Hears that the port could not be opened; the message names the port and what to do. */
  readonly onError: (message: string) => void;
}

/**
 * The address of one Service port. It listens only while there is an endpoint: without one the port
 * is closed and the kernel refuses connections, as kube-proxy does for a Service without endpoints.
 * The port stays the same all the time.
 */
export interface PortForwarder {
  readonly address: Address;
  /** Where it leads now; empty while the port is closed. */
  endpoints(): readonly Address[];
  /** Loopback addresses of the ready endpoints; connections that are open stay with theirs. */
  setEndpoints(endpoints: readonly Address[]): Promise<void>;
  close(): Promise<void>;
}

export function createPortForwarder({ port, onError }: PortForwarderOptions): PortForwarder {
  let endpoints: readonly Address[] = [];
  let turn = 0;
  let epoch = 0;
  let server: Server | undefined;
  let change = Promise.resolve();
  const sockets = new Set<Socket>();

  const forward = (client: Socket): void => {
    const endpoint = endpoints[turn % Math.max(endpoints.length, 1)];
    turn += 1;
    if (endpoint === undefined) client.resetAndDestroy();
    else join(client, connect({ ...endpoint, allowHalfOpen: true }), sockets);
  };
  const settle = async (): Promise<void> => {
    const wanted = endpoints.length > 0;
    if (wanted && server === undefined) server = await open(port, forward, onError);
    else if (!wanted && server !== undefined) {
      const closing = server;
      server = undefined;
      await closed(closing);
    }
  };
  const settleInTurn = (): Promise<void> => {
    change = change.then(settle);
    return change;
  };

  return {
    get address() {
      return { host: "127.0.0.1", port, epoch };
    },
    endpoints: () => endpoints,
    setEndpoints: (next) => {
      if (!isDeepStrictEqual(next, endpoints)) epoch += 1;
      endpoints = next;
      return settleInTurn();
    },
    close: async () => {
      endpoints = [];
      for (const socket of sockets) socket.destroy();
      await settleInTurn();
    },
  };
}

function open(
  port: number,
  forward: (client: Socket) => void,
  onError: (message: string) => void,
): Promise<Server | undefined> {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, forward);
  return new Promise((resolve) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason = error.code === "EADDRINUSE" ? "another program listens there" : error.message;
      onError(`port ${port} cannot be opened: ${reason}; stop that program and restart the shop`);
      resolve(undefined);
    });
    server.listen({ port, host: "127.0.0.1" }, () => {
      resolve(server);
    });
  });
}

/** Connections that are open go on; only the listening socket is closed, at once. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close();
    setImmediate(resolve);
  });
}

function join(client: Socket, endpoint: Socket, sockets: Set<Socket>): void {
  sockets.add(client).add(endpoint);
  client.pipe(endpoint).pipe(client);
  endpoint.setNoDelay(true);
  const tie = (one: Socket, other: Socket): void => {
    one.on("error", () => {
      other.resetAndDestroy();
    });
    one.on("close", () => {
      sockets.delete(one);
      // An end without a FIN: a killed pod or a client that hung up.
      if (!one.readableEnded) other.destroy();
    });
  };
  tie(client, endpoint);
  tie(endpoint, client);
}
