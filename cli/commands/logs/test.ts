import { serviceNames, type ServiceName } from "../../../components/shop/catalogue.ts";
import { argument, defineCommand, option } from "../../framework/command.ts";
import { jsonOption, stackOption } from "../../framework/shared-options.ts";
import { didYouMean } from "../../../settings/did-you-mean.ts";
import { UsageFailure } from "../../context/errors.ts";

export const logsTest = defineCommand({
  name: "logs test",
  summary: "show what the declared log rules and pipelines make of a file's lines",
  arguments: {
    file: argument({
      placeholder: "file",
      help: "output of a container; - reads standard input",
      suggestions: "files",
      read: (file) => file,
    }),
  },
  options: {
    service: option({
      placeholder: "name",
      help: "service that printed the lines (default: the file's name, else orders)",
      suggestions: () => serviceNames,
      read: readService,
    }),
    json: jsonOption,
    stack: stackOption,
  },
  details:
    "Deploys nothing and needs nothing that runs: the rules are those of this checkout. " +
    "Exit code 1 if a line matches no rule.",
  examples: [
    ["./lab logs test orders.log", "show what each line becomes"],
    ["kubectl logs deploy/user | ./lab logs test - --service user", "test a pod's lines"],
  ],
  run: async (given, context) =>
    (await import("../../actions/logs/test.ts")).runLogsTest(given, context),
});

function readService(name: string | undefined): ServiceName | undefined {
  if (name === undefined || isService(name)) return name;
  const known = serviceNames.join(", ");
  const guess = didYouMean(name, serviceNames);
  throw new UsageFailure(`option "--service" needs one of ${known}, got "${name}"${guess}`);
}

/** Whether a service has that name. */
export function isService(name: string): name is ServiceName {
  return (serviceNames as readonly string[]).includes(name);
}
