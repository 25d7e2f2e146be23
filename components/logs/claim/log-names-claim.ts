import { Command } from "@pulumi/command/local/command.js";
import * as pulumi from "@pulumi/pulumi";
import type { DatadogAccess } from "../../providers.ts";
import { logMetrics } from "../log-metrics.ts";
import { type ShopLogsArgs, shopPipeline } from "../shop-pipeline.ts";
import type { ClaimInput } from "./claim.ts";

/** Whose logs are claimed, in which account. */
export interface LogNamesClaimArgs {
  readonly logs: ShopLogsArgs;
  readonly account: DatadogAccess;
}

/**
 * Claims the names of the log metrics, which are unique in an account: where another stack has them,
 * its creation fails with one line that says what to set. What depends on it is not created then. The
 * stack's state remembers the claim, so that it is asked for once.
 */
export class LogNamesClaim extends pulumi.ComponentResource {
  /** Random id, which the stack's pipeline carries as a tag. */
  readonly id: pulumi.Output<string>;

  constructor(name: string, args: LogNamesClaimArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sockshop:logs:LogNamesClaim", name, {}, opts);
    const { logs, account } = args;
    const input: ClaimInput = {
      url: account.apiUrl,
      metrics: logMetrics(logs.scope).map((metric) => metric.name),
      pipeline: shopPipeline(logs).title,
    };
    const command = new Command(
      name,
      {
        interpreter: ["node", "components/logs/claim/main.ts"],
        create: "apply",
        update: "keep",
        stdin: JSON.stringify(input),
        logging: "stderr",
        environment: {
          DD_API_KEY: pulumi.secret(account.apiKey),
          DD_APP_KEY: pulumi.secret(account.appKey),
        },
      },
      { parent: this },
    );

    // The output counts as secret because an input is; the process prints nothing of the keys.
    this.id = pulumi.unsecret(command.stdout);
    this.registerOutputs({ id: this.id });
  }
}
