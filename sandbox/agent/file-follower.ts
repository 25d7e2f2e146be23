import { readCriLine } from "./cri-line.ts";
import type { AgentState, FollowedFile, WireLog } from "./agent-state.ts";
import { type Checkpoint, readChunk } from "./file-tail.ts";
import { type AgentEvent, createLogRules, FLUSH_AFTER_MS, type LogRules } from "./log-rules.ts";
import { configOrNothing, type LogSource } from "./pod-tags.ts";

/** What one look at a file gave. */
export interface Harvest {
  readonly logs: readonly WireLog[];
  /** Lines and bytes read, before any rule. */
  readonly lines: number;
  readonly bytes: number;
  /** Whether there may be more at once. */
  readonly hasMore: boolean;
}

/** Follows one container's log file and applies the rules that its pod declares. */
export interface FileFollower {
  /** Reads on, up to a bound. `now` decides whether an unfinished event waits any longer. */
  read(now: number): Promise<Harvest>;
  /** What to remember: an unfinished event is read again from its first line. */
  state(): FollowedFile;
}

export function followFile(
  file: string,
  from: AgentState["files"][string],
  onProblem: (reason: string) => void,
): FileFollower {
  const { source } = from;
  const config = source.annotation && configOrNothing(source.annotation, onProblem);
  const rules = createLogRules(config || { tags: [], rules: [] });
  const start = config ? config.rules.find(({ type }) => type === "multi_line")?.regex : undefined;
  let read = from.checkpoint;
  /** The start of the event that is not finished. */
  let open: Checkpoint | undefined;
  let quietSince = 0;

  const take = (text: string, before: Checkpoint): AgentEvent[] => {
    const line = readCriLine(text);
    if (line === undefined) {
      onProblem(`${file} has a line that no container runtime writes; it is left out`);
      return [];
    }
    if (start?.matcher(line.text).find() === true) open = before;
    return rules.push(line);
  };

  const readLines = (chunk: NonNullable<Awaited<ReturnType<typeof readChunk>>>): AgentEvent[] => {
    const { start: name } = chunk.checkpoint;
    // another file has begun: what is unfinished will get no more lines
    const events = read !== undefined && read.start !== name ? finish(rules) : [];
    let offset = read?.start === name ? read.offset : 0;
    for (const { text, end } of chunk.lines) {
      events.push(...take(text, { start: name, offset }));
      offset = end;
    }
    read = chunk.checkpoint;
    return events;
  };

  const finish = (pending: LogRules): AgentEvent[] => {
    open = undefined;
    return pending.flush();
  };

  return {
    read: async (now) => {
      const chunk = await readChunk(file, read);
      const before = read?.start === chunk?.checkpoint.start ? (read?.offset ?? 0) : 0;
      const events = chunk === undefined ? [] : readLines(chunk);
      const lines = chunk?.lines.length ?? 0;
      if (lines > 0) quietSince = now;
      if (lines === 0 && open !== undefined && now - quietSince >= FLUSH_AFTER_MS) {
        events.push(...finish(rules));
      }
      const bytes = lines === 0 ? 0 : (chunk?.checkpoint.offset ?? 0) - before;
      return {
        logs: events.map((event) => wireLog(event, source)),
        lines,
        bytes,
        hasMore: lines > 0,
      };
    },
    state: () => {
      const checkpoint = open ?? read;
      return { source, ...(checkpoint && { checkpoint }) };
    },
  };
}

function wireLog({ message, status, nanos }: AgentEvent, { origin }: LogSource): WireLog {
  return { message, status, timestamp: Number(nanos / 1_000_000n), ...origin };
}
