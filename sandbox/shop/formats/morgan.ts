const ESC = "\u001b";

/** What morgan's "dev" format knows of an answered request. */
export interface AccessLine {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  /**
   * Milliseconds until the headers were sent. Absent for the API routes of the QUAY build: they call
   * `res.writeHeader`, which its morgan does not see, so the line shows a dash.
   */
  readonly tookMs?: number | undefined;
  /** Of the Content-Length header. */
  readonly length?: number | undefined;
}

/** One access line with its colour codes. */
export function morganLine({ method, url, status, tookMs, length }: AccessLine): string {
  const took = tookMs === undefined ? "-" : tookMs.toFixed(3);
  const colour = `${ESC}[${colourOf(status)}m`;
  const reset = `${ESC}[0m`;
  return `${reset}${method} ${url} ${colour}${status} ${reset}${took} ms - ${length ?? "-"}${reset}`;
}

function colourOf(status: number): number {
  if (status >= 500) return 31;
  if (status >= 400) return 33;
  if (status >= 300) return 36;
  return status >= 200 ? 32 : 0;
}
