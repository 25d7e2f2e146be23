/** What the claim's process gets to know, as JSON on its standard input. */
export interface ClaimInput {
  /** Address of the Datadog API, with a slash at its end. */
  readonly url: string;

  /** Names of the log metrics that the stack is about to declare. */
  readonly metrics: readonly string[];

  /** Name of its pipeline. */
  readonly pipeline: string;
}

/** What the account has, as far as the claim asks. */
export interface AccountLogs {
  /** Names of its log metrics. */
  readonly metrics: readonly string[];
  readonly pipelines: readonly { readonly name: string; readonly tags: readonly string[] }[];
}

/** Key of the tag that says which stack a pipeline belongs to. */
const claimKey = "claim";

/** The tag of a stack's pipeline. */
export function claimTag(id: string): string {
  return `${claimKey}:${id}`;
}

/** Whether a line is what an earlier run printed: the id of the stack's claim. */
export function isClaimId(line: string | undefined): line is string {
  return /^[0-9a-f-]{36}$/.test(line ?? "");
}

/**
 * Why a stack cannot have the log metrics of its own, in one line; undefined where it can. Names of
 * log metrics are unique in an account, and Datadog says so for each of them alone, in the middle of
 * an update.
 *
 * A pipeline of the stack's own name without a claim is the stack's own, deployed before there were
 * claims.
 */
export function claimProblem(account: AccountLogs, wanted: ClaimInput): string | undefined {
  const taken = wanted.metrics.filter((name) => account.metrics.includes(name));
  const [first] = taken;
  if (first === undefined) return undefined;
  const isClaimed = (tags: readonly string[]) => tags.some((tag) => tag.startsWith(`${claimKey}:`));
  const { pipelines } = account;
  if (pipelines.some(({ name, tags }) => name === wanted.pipeline && !isClaimed(tags))) {
    return undefined;
  }
  const holders = pipelines
    .filter(({ name, tags }) => isClaimed(tags) || name.startsWith("Sock Shop ("))
    .map(({ name }) => `"${name}"`);
  const by = holders.length === 0 ? "" : `, with pipeline ${holders.join(" and ")}`;
  const more = taken.length === 1 ? "" : ` and ${taken.length - 1} more`;
  return (
    `sock-shop:logPipeline: log metric ${first}${more} exist in this Datadog account already${by}: ` +
    "their names are unique in an account, so another stack declares them, or one that was lost " +
    "has left them; set it with: pulumi config set logPipeline shared"
  );
}
