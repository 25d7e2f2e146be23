const codes = ["EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "ENOTDIR"];

/** Whether a file could not be written: every source of a tool then fails alike. */
export function isCacheError(error: unknown): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}

/** One line for the user about a cache folder that cannot be written. */
export function describeCacheError(error: unknown, cacheDir: string): Error {
  const cause = error instanceof Error ? error.message : String(error);
  return new Error(
    `cannot write to the cache folder ${cacheDir}: ${cause}; free disk space there, ` +
      "or set XDG_CACHE_HOME to a writable folder",
  );
}
