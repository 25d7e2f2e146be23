import { springTime } from "./date.ts";

export type SpringLevel = "DEBUG" | "ERROR" | "INFO" | "WARN";

/** Sleuth's ids of one request; absent outside of one, where the line shows `[orders,,,]`. */
export interface SpringTrace {
  readonly traceId: string;
  readonly spanId: string;
}

export interface SpringLine {
  readonly nanos: bigint;
  readonly level: SpringLevel;
  /** Undefined for a program without Sleuth, whose lines have no `[orders,,,]`. */
  readonly application: string | undefined;
  readonly trace?: SpringTrace | undefined;
  readonly thread: string;
  /** Full name of the logger's class. */
  readonly logger: string;
  readonly message: string;
}

const THREAD_WIDTH = 15;
const LOGGER_WIDTH = 40;

/** One line in the default pattern of Spring Boot 1.4, with that of Sleuth 1.1. Process id 1. */
export function springLine(line: SpringLine): string {
  const level = line.level.padStart(5);
  const mdc = line.trace === undefined ? ",," : `${line.trace.traceId},${line.trace.spanId},false`;
  const thread = line.thread.slice(-THREAD_WIDTH).padStart(THREAD_WIDTH);
  // A class name that is too long even so loses its left end.
  const short = abbreviated(line.logger, LOGGER_WIDTH - 1).slice(-LOGGER_WIDTH);
  const logger = short.padEnd(LOGGER_WIDTH);
  const sleuth = line.application === undefined ? "" : `[${line.application},${mdc}] `;
  const head = `${springTime(line.nanos)} ${level} ${sleuth}1 --- [${thread}]`;
  return `${head} ${logger} : ${line.message}`;
}

/** Logback's abbreviation: packages from the left shrink to one letter until the name fits. */
export function abbreviated(logger: string, width: number): string {
  const parts = logger.split(".");
  for (let index = 0; index < parts.length - 1; index += 1) {
    if (parts.join(".").length <= width) break;
    parts[index] = parts[index]?.slice(0, 1) ?? "";
  }
  return parts.join(".");
}
