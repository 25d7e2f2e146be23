/** What the catalogue needs of Go's MySQL data source name. */
export interface Dsn {
  readonly user: string;
  readonly password: string;
  /** Service name of the database. */
  readonly host: string;
}

/** `user:password@tcp(host:port)/database`. Throws Go's own words for anything else. */
export function parseDsn(dsn: string): Dsn {
  const match = /^([^:@]*)(?::(.*))?@tcp\(([^:)]+)(?::\d+)?\)\/.*$/.exec(dsn);
  if (match === null)
    throw new Error("invalid DSN: missing the slash separating the database name");
  const [, user = "", password = "", host = ""] = match;
  return { user, password, host };
}
