import { parseSettings } from "../../../settings/settings.ts";
import { secretKeys } from "../../../settings/schema.ts";

const plainCommands = ["up", "up --refresh", "stack init dev"];

/** What is wrong with the words after `pulumi`, in a program with these outputs. */
export function pulumiProblem(
  words: readonly string[],
  outputs: readonly string[],
): string | undefined {
  const line = words.join(" ");
  if (line.startsWith("config set ")) return settingProblem(words.slice(2));
  if (line.startsWith("stack output")) {
    return words.slice(2).find((output) => !outputs.includes(output));
  }
  return plainCommands.includes(line) ? undefined : "no such command of pulumi is known";
}

/** `[--path] key value`, or `--secret key` whose value pulumi asks for. */
function settingProblem(words: readonly string[]): string | undefined {
  const options = words.filter((word) => word.startsWith("--")).join(" ");
  const [key = "", value, ...more] = words.filter((word) => !word.startsWith("--"));
  if (options === "--secret" && value === undefined) {
    return key in secretKeys ? undefined : `${key} is no secret`;
  }
  if (value === undefined || more.length > 0) return "pulumi config set takes a key and a value";
  if (options === "--path") return valueProblem(nested(key, value));
  return options === "" ? valueProblem({ [key]: value }) : `${options} is no option of it`;
}

/** A member of a group, as the stack's file keeps it. */
function nested(path: string, value: string): Readonly<Record<string, string>> {
  const [group = "", member = ""] = path.split(".");
  return { [group]: JSON.stringify({ [member]: value }) };
}

function valueProblem(plain: Readonly<Record<string, string>>): string | undefined {
  const secrets = { datadogApiKey: "encrypted", datadogAppKey: "encrypted" } as const;
  const parsed = parseSettings({ plain, secrets }, "~");
  return "problems" in parsed ? parsed.problems.map(({ problem }) => problem).join() : undefined;
}
