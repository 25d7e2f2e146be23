import { joinParts, readCriLine } from "./cri-line.ts";
import type { AgentState, FollowedFile, WireLog } from "./agent-state.ts";
import { type Checkpoint, type Chunk, readChunk } from "./file-tail.ts";
import { type AgentEvent, createLogRules, FLUSH_AFTER_MS } from "./apply-log-rules.ts";
import { LONGEST_EVENT } from "./join-lines.ts";
import { configOrNothing, type LogSource } from "./pod-tags.ts";

/** What one look at a file gave. */
interface Harvest {
  readonly logs: readonly WireLog[];
  /** Lines and bytes read, before any rule. */
  readonly lines: number;
  readonly bytes: number;
  /** Lines that were removed before they could be read. */
  readonly missed: number;
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
  const report = (reason: string): void => {
    onProblem(`${file}: ${reason}`);
  };
  const events = createEventReader(source, report);
  let read = from.checkpoint;
  let quietSince = 0;

  const take = (chunk: Chunk): AgentEvent[] => {
    const { start } = chunk.from;
    let { offset, line } = chunk.from;
    const found: AgentEvent[] = [];
    // the Agent, too, reads a new file with no memory of the one before
    if (read !== undefined && read.start !== start) found.push(...events.flush());
    if (chunk.missed > 0) report(`${chunk.missed} lines were removed before they were read`);
    for (const { text, end } of chunk.lines) {
      found.push(...events.push(text, { start, offset, line }));
      offset = end;
      line += 1;
    }
    read = chunk.checkpoint;
    return found;
  };

  return {
    read: async (now) => {
      const chunk = await readChunk(file, read);
      const lines = chunk?.lines.length ?? 0;
      const found = chunk === undefined ? [] : take(chunk);
      if (lines > 0) quietSince = now;
      const isOver = lines === 0 && now - quietSince >= FLUSH_AFTER_MS;
      const late = isOver ? events.flush() : [];
      const logs = [...found, ...late].map((event) => wireLog(event, source));
      const bytes = chunk === undefined ? 0 : chunk.checkpoint.offset - chunk.from.offset;
      return { logs, lines, bytes, missed: chunk?.missed ?? 0, hasMore: lines > 0 };
    },
    state: () => {
      const checkpoint = events.openFrom() ?? read;
      return { source, ...(checkpoint && { checkpoint }) };
    },
  };
}

interface EventReader {
  /** Takes a line of the file that begins at a checkpoint. */
  push(text: string, at: Checkpoint): AgentEvent[];
  flush(): AgentEvent[];
  /** Where the event or line begins that is unfinished. */
  openFrom(): Checkpoint | undefined;
}

function createEventReader(
  { annotation }: LogSource,
  onProblem: (reason: string) => void,
): EventReader {
  const declared = annotation === undefined ? undefined : configOrNothing(annotation, onProblem);
  const rules = createLogRules(declared ?? { tags: [], rules: [] });
  const parts = joinParts(LONGEST_EVENT);
  let event: Checkpoint | undefined;
  let part: Checkpoint | undefined;
  return {
    push: (text, at) => {
      const read = readCriLine(text);
      if (read === undefined) {
        onProblem("a line that no container runtime writes is left out");
        return [];
      }
      part ??= at;
      const line = parts.push(read);
      if (line === undefined) return [];
      const begin = part;
      part = undefined;
      const done = rules.push(line);
      const unfinished = rules.unfinished();
      if (unfinished <= 1) event = unfinished === 1 ? begin : undefined;
      return done;
    },
    flush: () => {
      const line = parts.flush();
      const done = line === undefined ? [] : rules.push(line);
      event = undefined;
      part = undefined;
      return [...done, ...rules.flush()];
    },
    openFrom: () => event ?? part,
  };
}

function wireLog({ message, status, nanos }: AgentEvent, { origin }: LogSource): WireLog {
  return { message, status, timestamp: Number(nanos / 1_000_000n), ...origin };
}
