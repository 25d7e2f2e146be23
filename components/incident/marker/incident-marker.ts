import { Command } from "@pulumi/command/local/command.js";
import * as pulumi from "@pulumi/pulumi";
import type { DatadogAccess } from "../../providers.ts";
import { type MarkerInput, markWarning } from "./mark.ts";

/** What the marker says, and to which account. */
export interface IncidentMarkerArgs {
  readonly shop: {
    /** State of the flag. */
    readonly incident: string;
    readonly clusterName: string;
    readonly namespace: string;

    /** Value of Datadog's `env` tag. */
    readonly env: string;
  };
  readonly account: Pick<DatadogAccess, "apiUrl" | "apiKey">;
}

/**
 * One event in Datadog whenever the incident is entered or left, for the dashboards to show. The
 * command runs again only when its inputs change, and then compares with the state that it printed
 * before: a rotated key posts nothing.
 */
export class IncidentMarker extends pulumi.ComponentResource {
  /** State of the last mark, and whether Datadog has its event. */
  readonly mark: pulumi.Output<string>;

  /** @param opts - `dependsOn` must name what carries the fault: the event follows the fact */
  constructor(name: string, args: IncidentMarkerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sockshop:incident:IncidentMarker", name, {}, opts);
    const { shop, account } = args;
    const input: MarkerInput = {
      url: `${account.apiUrl}api/v1/events`,
      state: shop.incident,
      stack: pulumi.getStack(),
      clusterName: shop.clusterName,
      namespace: shop.namespace,
      env: shop.env,
    };
    const command = new Command(
      name,
      {
        interpreter: ["node", "components/incident/marker/main.ts"],
        create: "apply",
        delete: "end",
        stdin: JSON.stringify(input),
        // When the stack goes, no program runs that could warn: then the process does, here.
        logging: "stderr",
        environment: { DD_API_KEY: pulumi.secret(account.apiKey) },
      },
      { parent: this, dependsOn: opts?.dependsOn ?? [] },
    );

    // The output counts as secret because an input is; the process prints nothing of the key.
    this.mark = pulumi.unsecret(command.stdout).apply((line) => {
      const warning = markWarning(line);
      if (warning !== undefined) void pulumi.log.warn(warning, this);
      return line;
    });
    this.registerOutputs({ mark: this.mark });
  }
}
