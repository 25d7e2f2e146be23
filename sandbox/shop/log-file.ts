import { createWriteStream, renameSync } from "node:fs";
import { rfc3339Nano } from "./formats/date.ts";
import type { LogLine, PodLog } from "./pod-log.ts";

/** One line as a container runtime stores it; `kubectl logs` reads this form. */
function criLine({ nanos, stream, text }: LogLine): string {
  return `${rfc3339Nano(nanos)} ${stream} F ${text}\n`;
}

/**
 * Size at which a log file starts anew, in bytes; a kubelet rotates at 10 MiB. The old one is kept
 * beside it as `.1`, so that whoever follows it can read it to its end.
 */
const ROTATE_BYTES = 10 * 1024 * 1024;

/** Writes what a pod prints to a file from its first line on. Returns a function that ends it. */
export function writeLogFile(log: PodLog, file: string): () => Promise<void> {
  let stream = createWriteStream(file, { flags: "w" });
  let written = 0;
  const append = (line: LogLine): void => {
    const text = criLine(line);
    written += Buffer.byteLength(text);
    if (written > ROTATE_BYTES) {
      stream.end();
      renameSync(file, `${file}.1`);
      stream = createWriteStream(file, { flags: "w" });
      written = Buffer.byteLength(text);
    }
    stream.write(text);
  };
  for (const line of log.recent()) append(line);
  const unfollow = log.follow(append);
  return () =>
    new Promise((resolve) => {
      unfollow();
      stream.end(resolve);
    });
}
