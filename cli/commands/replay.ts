import { argument, defineCommand, option } from "../framework/command.ts";
import { jsonOption, stackOption } from "../framework/shared-options.ts";

export const replay = defineCommand({
  name: "replay",
  summary: "run monitors over what was recorded in a bundle, minute by minute",
  arguments: {
    bundle: argument({
      placeholder: "bundle",
      help: "folder of a run in runs/, or its .tar.gz",
      suggestions: "files",
      read: (path) => path,
    }),
  },
  options: {
    stack: stackOption,
    monitors: option({
      placeholder: "path",
      help:
        "monitors to run: a list as Datadog's API answers it, or what pulumi stack export prints " +
        "(default: those that this checkout declares)",
      suggestions: "files",
      read: (path) => path,
    }),
    base: option({
      placeholder: "ref",
      help: "compare with what this revision declares (default: with what was recorded)",
      read: (ref) => ref,
    }),
    junit: option({
      placeholder: "path",
      help: "also write a JUnit file, with a failed case for each difference",
      suggestions: "files",
      read: (path) => path,
    }),
    markdown: option({
      placeholder: "path",
      help: "also write a Markdown table",
      suggestions: "files",
      read: (path) => path,
    }),
    json: jsonOption,
  },
  details:
    "Needs no cluster and no Datadog. The same bundle and monitors give the same answer, to the " +
    "letter. A query that is not understood is an error. Exit code 1 if a monitor does something " +
    "else than what it is compared with, or is not evaluated.",
  examples: [
    ["./lab replay runs/20300102T030405Z-payment-down-1f2e", "would we have noticed, and when?"],
    ["./lab replay bundle.tar.gz --base origin/main", "what does this change do to detection?"],
    ["./lab replay bundle.tar.gz --monitors export.json", "try monitors of any other account"],
  ],
  run: async (given, context) => (await import("../actions/replay.ts")).runReplay(given, context),
});
