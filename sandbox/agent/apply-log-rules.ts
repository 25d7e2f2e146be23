import type { RE2JS } from "re2js";
import type { LogConfig, LogRule } from "./log-config.ts";

/** One physical line of a container. */
export interface Line {
  readonly text: string;
  readonly stream: "stdout" | "stderr";

  /** When it was written, nanoseconds since the Unix epoch. */
  readonly nanos: bigint;
}

/** What the Agent sends for one or more lines. */
export interface AgentEvent {
  /** Lines that belong together are joined by a backslash and an n; the intake unfolds them. */
  readonly message: string;

  /** The Agent knows only which stream a line came from. */
  readonly status: "info" | "error";
  readonly nanos: bigint;

  /** How many lines it was made of. */
  readonly lines: number;
}

/** Applies one container's rules to its lines, as they come. */
export interface LogRules {
  /** Takes a line; returns the events that it completed. */
  push(line: Line): AgentEvent[];

  /** Returns what is still waiting for more lines; the Agent does so after a second of silence. */
  flush(): AgentEvent[];
}

/** How long the Agent waits for more lines of an event. */
export const FLUSH_AFTER_MS = 1000;

/** What stands between the lines of one event on the wire. */
const LINE_FEED = "\\n";

const TRUNCATED = "...TRUNCATED...";
const LONGEST_EVENT = 256_000;

/** The intake's half of the Agent's escaping: gives an event its line feeds back. */
export function unfolded(message: string): string {
  return message.replaceAll(LINE_FEED, "\n");
}

/**
 * The rules of one container, with their memory of its unfinished event. Each rule sees what the
 * rule before it left; lines are joined first, wherever multi_line stands in the list.
 *
 * @param longest - characters of an event before it is cut
 */
export function createLogRules({ rules }: LogConfig, longest = LONGEST_EVENT): LogRules {
  const start = rules.find(({ type }) => type === "multi_line")?.regex;
  const judge = (events: AgentEvent[]) =>
    events.flatMap((event) => {
      const { sent } = judged(event, rules);
      return sent === undefined ? [] : [sent];
    });
  if (start === undefined) {
    return { push: (line) => judge([single(line)]), flush: () => [] };
  }
  const joined = createJoiner(start, longest);
  return { push: (line) => judge(joined.push(line)), flush: () => judge(joined.flush()) };
}

function single({ text, stream, nanos }: Line): AgentEvent {
  return { message: text, status: stream === "stderr" ? "error" : "info", nanos, lines: 1 };
}

function createJoiner(start: RE2JS, longest: number): LogRules {
  let open: AgentEvent | undefined;
  let everStarted = false;
  let cut = false;

  const flush = (): AgentEvent[] => {
    const done = open;
    open = undefined;
    cut = false;
    return done === undefined ? [] : [done];
  };

  const push = (line: Line): AgentEvent[] => {
    const starts = start.matcher(line.text).find();
    everStarted ||= starts;
    // A pattern that never fits must not glue everything into one event.
    if (!everStarted) return [single(line)];

    const done = starts ? flush() : [];
    open = extended(open, single(line), cut);
    cut = false;
    if (open.message.length < longest) return done;
    open = { ...open, message: open.message + TRUNCATED };
    done.push(...flush());
    cut = true;
    return done;
  };

  return { push, flush };
}

function extended(open: AgentEvent | undefined, next: AgentEvent, cut: boolean): AgentEvent {
  const message = (cut ? TRUNCATED : "") + next.message;
  if (open === undefined) return { ...next, message };
  return { ...next, message: open.message + LINE_FEED + message, lines: open.lines + 1 };
}

/** What becomes of an event: it is sent, or a rule drops it; blank ones are dropped by nothing. */
export interface Verdict {
  readonly sent?: AgentEvent;

  /** Name of the rule. */
  readonly droppedBy?: string;
}

/** The event as the rules leave it. */
export function judged(event: AgentEvent, rules: readonly LogRule[]): Verdict {
  let message = event.message.trim();
  for (const { type, name, regex, placeholder } of rules) {
    if (type === "mask_sequences") message = masked(message, regex, placeholder);
    if (type === "exclude_at_match" && regex.matcher(message).find()) return { droppedBy: name };
    if (type === "include_at_match" && !regex.matcher(message).find()) return { droppedBy: name };
  }
  return message === "" ? {} : { sent: { ...event, message } };
}

function masked(text: string, regex: RE2JS, placeholder: string): string {
  const matcher = regex.matcher(text);
  let result = "";
  let from = 0;
  while (matcher.find()) {
    const group = (name: string) =>
      Number(name) <= matcher.groupCount() ? (matcher.group(Number(name)) ?? "") : "";
    result += text.slice(from, matcher.start()) + expanded(placeholder, group);
    from = matcher.end();
  }
  return result + text.slice(from);
}

/** Go's templates: `${1}`, `$1` up to the first character that no name can have, `$$`. */
function expanded(template: string, group: (name: string) => string): string {
  return template.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (all, braced?: string, bare?: string) => {
    if (all === "$$") return "$";
    return group(braced ?? bare ?? "");
  });
}
