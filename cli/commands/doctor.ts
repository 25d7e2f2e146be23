import { defineCommand } from "../framework/command.ts";
import { jsonOption, stackOption } from "../framework/shared-options.ts";

export const doctor = defineCommand({
  name: "doctor",
  summary: "check every tool, port and folder that the stack needs, and say how to fix problems",
  options: { stack: stackOption, json: jsonOption },
  details: "Exit code 1 if something that is needed is missing. Downloads nothing.",
  examples: [["./lab doctor", "works before anything is installed"]],
  run: async (given, context) => (await import("../actions/doctor.ts")).runDoctor(given, context),
});
