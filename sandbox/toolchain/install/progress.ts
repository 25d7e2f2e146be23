import { Listr } from "listr2";
import type { Tool } from "../find-tool.ts";

/** A tool to install. */
export interface InstallTask {
  readonly title: string;
  readonly install: (onProgress: (words: string) => void) => Promise<Tool>;
}

/** Where progress is shown. */
export interface Screen {
  readonly write: (text: string) => void;
  readonly terminal: boolean;
}

/** How often a long build prints a line where lines cannot be rewritten, in milliseconds. */
const heartbeatMs = 30_000;

/**
 * Runs all tasks at once and shows them: one live line each on a terminal, else plain lines.
 *
 * @returns the errors of those that failed, once all have ended
 */
export async function showProgress(
  tasks: readonly InstallTask[],
  screen: Screen,
): Promise<Error[]> {
  return screen.terminal ? await showLive(tasks) : await showPlain(tasks, screen.write);
}

async function showLive(tasks: readonly InstallTask[]): Promise<Error[]> {
  const failures: Error[] = [];
  const list = new Listr(
    tasks.map(({ title, install }) => ({
      title,
      task: async (_, task) => {
        try {
          const tool = await install((words) => (task.output = words));
          task.title = `${title}: ${tool.origin}`;
        } catch (error) {
          failures.push(asError(error));
          throw new Error(firstLine(error), { cause: error });
        }
      },
    })),
    { concurrent: true, exitOnError: false, rendererOptions: { showErrorMessage: false } },
  );
  await list.run();
  return failures;
}

async function showPlain(
  tasks: readonly InstallTask[],
  write: (text: string) => void,
): Promise<Error[]> {
  const runs = tasks.map(async ({ title, install }) => {
    const report = plainReporter(title, write);
    try {
      const tool = await install(report);
      write(`${title}: ready (${tool.origin})\n`);
      return [];
    } catch (error) {
      write(`${title}: failed\n`);
      return [asError(error)];
    }
  });
  return (await Promise.all(runs)).flat();
}

/** Prints a new step at once, and progress within a step every half minute. */
function plainReporter(title: string, write: (text: string) => void): (words: string) => void {
  let kind = "";
  let last = 0;
  return (words) => {
    const [now = ""] = words.split(/[ ,]/);
    if (now === kind && Date.now() - last < heartbeatMs) return;
    kind = now;
    last = Date.now();
    write(`${title}: ${words}\n`);
  };
}

function firstLine(error: unknown): string {
  return asError(error).message.split("\n")[0] ?? "";
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
