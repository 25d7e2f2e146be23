/** Where something really listens on this machine. */
export interface Address {
  readonly host: string;
  readonly port: number;
  /**
   * Changes whenever the address leads elsewhere: an idle connection made before must not be used
   * again. Absent where connections are never kept.
   */
  readonly epoch?: number;
}

/**
 * Turns a Service's DNS name and port into a loopback address.
 * Throws `nameNotFound(name)` for a name that no Service has.
 */
export type Resolve = (name: string, port: number) => Address;

/** What Node's resolver throws for an unknown name. */
export function nameNotFound(name: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), {
    errno: -3008,
    code: "ENOTFOUND",
    syscall: "getaddrinfo",
    hostname: name,
  });
}

/** What Node's sockets throw where nobody listens. */
export function connectionRefused(address: Address): NodeJS.ErrnoException {
  return Object.assign(new Error(`connect ECONNREFUSED ${address.host}:${address.port}`), {
    errno: -111,
    code: "ECONNREFUSED",
    syscall: "connect",
    address: address.host,
    port: address.port,
  });
}
