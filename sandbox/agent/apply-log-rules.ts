import type { RE2JS } from "re2js";
import { joinLines, LINE_FEED, singleLines, type JoinOptions } from "./join-lines.ts";
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

  /** Lines that are waiting for more. */
  unfinished(): number;
}

/** How long the Agent waits for more lines of an event. */
export const FLUSH_AFTER_MS = 1000;

/** The intake's half of the Agent's escaping: gives an event its line feeds back. */
export function unfolded(message: string): string {
  return message.replaceAll(LINE_FEED, "\n");
}

/**
 * The rules of one container, with their memory of its unfinished event. Each rule sees what the
 * rule before it left; lines are joined first, wherever multi_line stands in the list.
 */
export function createLogRules({ rules }: LogConfig, options: JoinOptions = {}): LogRules {
  // of several multi_line rules the Agent takes the last one
  const start = rules.findLast(({ type }) => type === "multi_line")?.regex;
  const joiner = start === undefined ? singleLines(options.longest) : joinLines(start, options);
  const judge = (events: AgentEvent[]) =>
    events.flatMap((event) => {
      const { sent } = judged(event, rules);
      return sent === undefined ? [] : [sent];
    });
  return {
    push: (line) => judge(joiner.push(line)),
    flush: () => judge(joiner.flush()),
    unfinished: () => joiner.unfinished(),
  };
}

/** What Go's bytes.TrimSpace removes. */
const SPACES =
  "[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";
const outerSpaces = new RegExp(`^${SPACES}|${SPACES}$`, "g");

/** What becomes of an event: it is sent, or a rule drops it. A blank one is not sent and reaches no rule. */
export interface Verdict {
  readonly sent?: AgentEvent;

  /** Name of the rule. */
  readonly droppedBy?: string;
}

/** The event as the rules leave it. */
export function judged(event: AgentEvent, rules: readonly LogRule[]): Verdict {
  let message = event.message.replaceAll(outerSpaces, "");
  if (message === "") return {};
  for (const { type, name, regex, placeholder } of rules) {
    if (type === "mask_sequences") message = masked(message, regex, placeholder);
    if (type === "exclude_at_match" && regex.matcher(message).find()) return { droppedBy: name };
    if (type === "include_at_match" && !regex.matcher(message).find()) return { droppedBy: name };
  }
  return { sent: { ...event, message } };
}

function masked(text: string, regex: RE2JS, placeholder: string): string {
  if (!regex.test(text)) return text;
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
