import { Monitor } from "@pulumi/datadog/monitor.js";
import { ServiceLevelObjective } from "@pulumi/datadog/serviceLevelObjective.js";
import * as pulumi from "@pulumi/pulumi";
import { paymentMonitors, type WatchedShop } from "./definitions.ts";
import type { MonitorDefinition } from "./definition.ts";
import type { MessageLinks } from "./message.ts";
import { monitorArgs, tagsOf } from "./monitor-args.ts";
import { whereOf } from "./queries.ts";
import { objectives, sloArgs } from "./slos.ts";

/** What the monitors watch and where their messages point. */
export interface PaymentMonitorsArgs {
  readonly shop: WatchedShop;
  readonly links: MessageLinks;

  /** Percentage of orders that should succeed. */
  readonly orderTarget: number;
}

/** The monitors and objectives of the payment incident, one resource per definition. */
export class PaymentMonitors extends pulumi.ComponentResource {
  /** Browser address of each monitor, by its key. */
  readonly urls: Readonly<Record<string, pulumi.Output<string>>>;

  /** Ids of the monitors and objectives, by their keys. */
  readonly ids: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: PaymentMonitorsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sockshop:monitors:PaymentMonitors", name, {}, opts);
    const { shop, links, orderTarget } = args;
    const ids: Record<string, pulumi.Output<string>> = {};
    const idOf = (key: string): pulumi.Output<string> => {
      const id = ids[key];
      if (id === undefined) throw new Error(`nothing of the key ${key} is declared before its use`);
      return id;
    };
    const declare = (definition: MonitorDefinition): void => {
      const inputs = monitorArgs(definition, { scope: shop, links }, idOf);
      ids[definition.key] = new Monitor(definition.key, inputs, { parent: this }).id;
    };

    const definitions = paymentMonitors(shop);
    const isBurn = ({ condition }: MonitorDefinition) => condition.type === "slo alert";
    for (const definition of definitions) if (!isBurn(definition)) declare(definition);
    for (const slo of objectives(whereOf(shop), orderTarget)) {
      const inputs = sloArgs(slo, tagsOf(slo.service, shop), idOf);
      ids[slo.key] = new ServiceLevelObjective(slo.key, inputs, { parent: this }).id;
    }
    for (const definition of definitions) if (isBurn(definition)) declare(definition);

    this.ids = ids;
    this.urls = Object.fromEntries(
      definitions.map(({ key }) => [key, pulumi.interpolate`${links.appUrl}monitors/${idOf(key)}`]),
    );
    this.registerOutputs({ urls: this.urls });
  }
}
