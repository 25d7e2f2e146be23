import { readCriLine } from "./cri-line.ts";
import type { AgentState, FollowedFile, WireLog } from "./agent-state.ts";
import { type Checkpoint, type Chunk, readChunk } from "./file-tail.ts";
import { type AgentEvent, createLogRules, FLUSH_AFTER_MS } from "./apply-log-rules.ts";
import { configOrNothing, type LogSource } from "./pod-tags.ts";

/** What one look at a file gave. */
interface Harvest {
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
  const events = createEventReader(source, (reason) => {
    onProblem(`${file}: ${reason}`);
  });
  let read = from.checkpoint;
  let quietSince = 0;

  /** The events of a chunk, and how many bytes it has. */
  const take = (chunk: Chunk): { events: AgentEvent[]; bytes: number } => {
    const { start, offset: end } = chunk.checkpoint;
    const isSame = read?.start === start;
    // another file has begun: what is unfinished will get no more lines
    const found = isSame ? [] : events.flush();
    const first = isSame ? (read?.offset ?? 0) : 0;
    let offset = first;
    for (const line of chunk.lines) {
      found.push(...events.push(line.text, { start, offset }));
      offset = line.end;
    }
    read = chunk.checkpoint;
    return { events: found, bytes: end - first };
  };

  return {
    read: async (now) => {
      const chunk = await readChunk(file, read);
      const lines = chunk?.lines.length ?? 0;
      const found = chunk === undefined ? { events: [], bytes: 0 } : take(chunk);
      if (lines > 0) quietSince = now;
      const isOver = lines === 0 && now - quietSince >= FLUSH_AFTER_MS;
      const late = isOver ? events.flush() : [];
      const logs = [...found.events, ...late].map((event) => wireLog(event, source));
      return { logs, lines, bytes: found.bytes, hasMore: lines > 0 };
    },
    state: () => {
      const checkpoint = events.openFrom() ?? read;
      return { source, ...(checkpoint && { checkpoint }) };
    },
  };
}

interface EventReader {
  /** Takes a line that begins at a checkpoint. */
  push(text: string, at: Checkpoint): AgentEvent[];
  flush(): AgentEvent[];
  /** Where the event begins that may get more lines. */
  openFrom(): Checkpoint | undefined;
}

function createEventReader(
  { annotation }: LogSource,
  onProblem: (reason: string) => void,
): EventReader {
  const declared = annotation === undefined ? undefined : configOrNothing(annotation, onProblem);
  const config = declared ?? { tags: [], rules: [] };
  const start = config.rules.find(({ type }) => type === "multi_line")?.regex;
  const rules = createLogRules(config);
  let open: Checkpoint | undefined;
  return {
    push: (text, at) => {
      const line = readCriLine(text);
      if (line === undefined) {
        onProblem("a line that no container runtime writes is left out");
        return [];
      }
      if (start?.matcher(line.text).find() === true) open = at;
      return rules.push(line);
    },
    flush: () => {
      open = undefined;
      return rules.flush();
    },
    openFrom: () => open,
  };
}

function wireLog({ message, status, nanos }: AgentEvent, { origin }: LogSource): WireLog {
  return { message, status, timestamp: Number(nanos / 1_000_000n), ...origin };
}
