/** Go's words for a failed connection; other errors keep theirs. */
export function dialError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, address, port } = error as Error & {
    code?: string;
    address?: string;
    port?: number;
  };
  if (code === "ECONNREFUSED") {
    return `dial tcp ${address ?? ""}:${port ?? 0}: connect: connection refused`;
  }
  return code === "ENOTFOUND" ? `dial tcp: ${error.message}: no such host` : error.message;
}
