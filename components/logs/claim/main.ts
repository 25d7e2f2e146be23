/**
 * Looks whether another stack of the Datadog account declares the log metrics. Run by the command of
 * `log-names-claim.ts`: as `main.ts apply` once, before anything else is created, and as
 * `main.ts keep` when its inputs change, which asks nothing.
 *
 * It reads a {@link ClaimInput} from its standard input, the keys from DD_API_KEY and DD_APP_KEY, and
 * what it printed the last time from PULUMI_COMMAND_STDOUT. It prints the id of the claim, and ends
 * with 1 and one line on its standard error where the names are taken. An account that does not
 * answer, or keys that may not read, do not stop it: what is created next says more of them.
 */
import { randomUUID } from "node:crypto";
import { text } from "node:stream/consumers";
import { type AccountLogs, type ClaimInput, claimProblem, isClaimId } from "./claim.ts";

const patienceMs = 10_000;

const input = JSON.parse(await text(process.stdin)) as ClaimInput;
const previous = process.env["PULUMI_COMMAND_STDOUT"];
const isKept = process.argv[2] === "keep" && isClaimId(previous);
const problem = isKept ? undefined : await problemOf(input);
if (problem === undefined) {
  process.stdout.write(isKept ? previous : randomUUID());
} else {
  console.error(problem);
  process.exitCode = 1;
}

async function problemOf(wanted: ClaimInput): Promise<string | undefined> {
  try {
    return claimProblem(await accountLogs(wanted.url), wanted);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(`whether another stack declares the log metrics is not known: ${reason}`);
    return undefined;
  }
}

async function accountLogs(url: string): Promise<AccountLogs> {
  const [metrics, pipelines] = await Promise.all([
    ask(new URL("api/v2/logs/config/metrics", url)),
    ask(new URL("api/v1/logs/config/pipelines", url)),
  ]);
  const { data = [] } = metrics as { data?: readonly { id: string }[] };
  const all = pipelines as readonly { name: string; tags?: readonly string[] }[];
  return {
    metrics: data.map(({ id }) => id),
    pipelines: all.map(({ name, tags = [] }) => ({ name, tags })),
  };
}

async function ask(url: URL): Promise<unknown> {
  const response = await fetch(url, {
    headers: {
      "DD-API-KEY": process.env["DD_API_KEY"] ?? "",
      "DD-APPLICATION-KEY": process.env["DD_APP_KEY"] ?? "",
    },
    signal: AbortSignal.timeout(patienceMs),
  });
  if (!response.ok) throw new Error(`Datadog answered ${url.pathname} with ${response.status}`);
  return await response.json();
}
