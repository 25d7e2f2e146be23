import type { LogFigures } from "./log-agent.ts";

/** The agent's own address, typed: for the command line. */
export interface AgentClient {
  /** Whether an agent (and not something else) answers there. */
  isReady(): Promise<boolean>;
  /** What keeps logs from arriving, or has done so; undefined where all is well. */
  problem(): Promise<string | undefined>;
  /** What it has read and sent so far; undefined where it does not answer. */
  figures(): Promise<Pick<LogFigures, "lines" | "logs"> | undefined>;
}

type Answer = Partial<LogFigures> & { readonly standIn?: unknown };

export function agentClient(address: string): AgentClient {
  const ask = async (): Promise<Answer> => {
    try {
      const reply = await fetch(address, { signal: AbortSignal.timeout(10_000) });
      return (await reply.json()) as Answer;
    } catch {
      return {};
    }
  };
  return {
    isReady: async () => (await ask()).standIn === "agent",
    problem: async () => problemOf(await ask()),
    figures: async () => {
      const { lines, logs } = await ask();
      return lines === undefined || logs === undefined ? undefined : { lines, logs };
    },
  };
}

/** One line about the figures of an agent. */
export function problemOf({ problem, missed = 0, refused = 0 }: Answer): string | undefined {
  if (problem !== undefined) return problem;
  const lost = [
    ...(missed > 0 ? [`${missed} lines were removed before they were read`] : []),
    ...(refused > 0 ? [`the intake has refused ${refused} logs`] : []),
  ];
  return lost.length > 0 ? lost.join("; ") : undefined;
}
