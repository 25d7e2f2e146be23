import type { RE2JS } from "re2js";
import type { AgentEvent, Line } from "./apply-log-rules.ts";

/** Bytes of an event from which on it is cut. */
export const LONGEST_EVENT = 256_000;

/** What stands between the lines of one event on the wire. */
export const LINE_FEED = "\\n";

const TRUNCATED = "...TRUNCATED...";

/**
 * What an Agent does with lines before the first one that matches: those up to 2026-02 join them
 * like any others, later ones send each alone. @see DataDog/datadog-agent pull request 46831
 */
export type BeforeFirstMatch = "join" | "single";

export interface JoinOptions {
  /** @default 256000 */
  readonly longest?: number;

  /** @default - "join": a rule that is right for it is right for both */
  readonly beforeFirstMatch?: BeforeFirstMatch;
}

/** Puts the lines of one event together. */
export interface LineJoiner {
  /** Takes a line; returns the events that it completed. */
  push(line: Line): AgentEvent[];

  /** Returns the unfinished event; the Agent does so after a second of silence. */
  flush(): AgentEvent[];

  /** Lines of the unfinished event. */
  unfinished(): number;
}

/** One event per line, with the same cuts. */
export function singleLines(longest = LONGEST_EVENT): LineJoiner {
  let cut = false;
  return {
    push: (line) => {
      const event = eventOf(line);
      const isLong = Buffer.byteLength(event.message) >= longest;
      const message = (cut ? TRUNCATED : "") + event.message + (isLong ? TRUNCATED : "");
      cut = isLong;
      return [{ ...event, message }];
    },
    flush: () => [],
    unfinished: () => 0,
  };
}

/**
 * The Agent's handler of a `multi_line` rule. An event lasts until a line matches, until it is too
 * long, or until nothing comes for a second; what follows such an end is an event even if its first
 * line does not match.
 *
 * @see DataDog/datadog-agent, pkg/logs/internal/decoder/multiline_handler.go
 */
export function joinLines(start: RE2JS, options: JoinOptions = {}): LineJoiner {
  const { longest = LONGEST_EVENT, beforeFirstMatch = "join" } = options;
  let open: AgentEvent | undefined;
  let bytes = 0;
  let hasMatched = beforeFirstMatch === "join";
  let cut = false;

  const flush = (): AgentEvent[] => {
    const done = open;
    open = undefined;
    bytes = 0;
    cut = false;
    return done === undefined ? [] : [done];
  };
  const push = (line: Line): AgentEvent[] => {
    const matches = start.matcher(line.text).find();
    hasMatched ||= matches;
    const done = matches || !hasMatched ? flush() : [];
    // as in the Agent, an event of nothing but empty lines has no line feed yet
    const added = (bytes > 0 ? LINE_FEED : "") + (cut ? TRUNCATED : "") + line.text;
    const { message, lines } = open ?? { message: "", lines: 0 };
    open = { ...eventOf(line), message: message + added, lines: lines + 1 };
    bytes += Buffer.byteLength(added);
    cut = false;
    if (bytes < longest) return done;
    open = { ...open, message: open.message + TRUNCATED };
    done.push(...flush());
    cut = true;
    return done;
  };
  return { push, flush, unfinished: () => open?.lines ?? 0 };
}

function eventOf({ text, stream, nanos }: Line): AgentEvent {
  return { message: text, status: stream === "stderr" ? "error" : "info", nanos, lines: 1 };
}
