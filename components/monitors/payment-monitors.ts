import { Monitor } from "@pulumi/datadog/monitor.js";
import { ServiceLevelObjective } from "@pulumi/datadog/serviceLevelObjective.js";
import * as pulumi from "@pulumi/pulumi";
import { paymentMonitors, type WatchedShop } from "./all-monitors.ts";
import type { MonitorDefinition } from "./monitor-definition.ts";
import type { MessageLinks } from "./monitor-message.ts";
import { type IdOf, monitorArgs, tagsOf } from "./monitor-args.ts";
import { whereOf } from "../datadog/queries.ts";
import { objectives, sloArgs } from "./slos.ts";

/** What the monitors watch, and where their messages point. */
export interface PaymentMonitorsArgs extends WatchedShop, MessageLinks {
  /** Percentage of orders that should succeed. */
  readonly orderSuccessTarget: number;
}

/** The monitors and objectives of the payment incident, one resource per definition. */
export class PaymentMonitors extends pulumi.ComponentResource {
  /** Browser address of each monitor, by its key. */
  readonly urls: Readonly<Record<string, pulumi.Output<string>>>;

  /** Id of a monitor or objective; throws for a key that nothing has. */
  readonly idOf: IdOf;

  constructor(name: string, args: PaymentMonitorsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sockshop:monitors:PaymentMonitors", name, {}, opts);
    const ids: Record<string, pulumi.Output<string>> = {};
    const idOf: IdOf = (key) => {
      const id = ids[key];
      if (id === undefined) throw new Error(`no monitor or objective ${key} is declared so far`);
      return id;
    };
    const declare = (definition: MonitorDefinition): void => {
      const inputs = monitorArgs(definition, args, idOf);
      ids[definition.key] = new Monitor(definition.key, inputs, { parent: this }).id;
    };

    const definitions = paymentMonitors(args);
    const isBurn = ({ condition }: MonitorDefinition) => condition.type === "slo alert";
    for (const definition of definitions) if (!isBurn(definition)) declare(definition);
    for (const slo of objectives(whereOf(args), args.orderSuccessTarget)) {
      const { namespace } = args;
      const inputs = sloArgs(slo, { namespace, tags: tagsOf(slo.service, args) }, idOf);
      ids[slo.key] = new ServiceLevelObjective(slo.key, inputs, { parent: this }).id;
    }
    for (const definition of definitions) if (isBurn(definition)) declare(definition);

    this.idOf = idOf;
    this.urls = Object.fromEntries(
      definitions.map(({ key }) => [
        key,
        pulumi.interpolate`${args.datadog.app}monitors/${idOf(key)}`,
      ]),
    );
    this.registerOutputs({ urls: this.urls });
  }
}
