import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One request to Datadog's API, with what Datadog answered. */
export interface RecordedRequest {
  readonly family: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly status: number;
  readonly answer?: unknown;
}

/** Requests that belong together, in their order. */
export interface Cassette {
  /** Source and kind, such as `terraform/monitor`. */
  readonly family: string;
  readonly name: string;
  readonly requests: readonly RecordedRequest[];
}

/** All recordings of a folder. */
export function cassettes(folder: string): Cassette[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".jsonl"))
    .sort()
    .flatMap((file) =>
      readFileSync(join(folder, file), "utf8")
        .trim()
        .split("\n")
        .map((line) => {
          const { cassette, requests } = JSON.parse(line) as {
            cassette: string;
            requests: RecordedRequest[];
          };
          return { family: file.replace(".jsonl", ""), name: cassette, requests };
        }),
    );
}
