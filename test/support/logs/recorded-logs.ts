import { existsSync, readdirSync, readFileSync } from "node:fs";
import { serviceNames, type ServiceName } from "../../../components/shop/catalogue.ts";

// Lines of real runs, which lie beside the checkout where somebody put them.
const folder = new URL("../../../../shared/logs/", import.meta.url);

export interface RecordedLog {
  /** Name of the file, such as `built/orders.out`. */
  readonly file: string;
  readonly service: ServiceName;
  /** As the service wrote them, blank ones too. */
  readonly lines: readonly string[];
}

/** Every recorded file of a service of the shop; none where there is no folder. */
export function recordedLogs(): RecordedLog[] {
  const names = (inside: string) =>
    existsSync(new URL(inside, folder))
      ? readdirSync(new URL(inside, folder)).map((name) => inside + name)
      : [];
  return [...names(""), ...names("built/")].flatMap((file) => {
    const service = serviceNames.find((name) =>
      [`${name}.log`, `${name}.out`, `${name}.err`].includes(file.replace("built/", "")),
    );
    if (service === undefined) return [];
    const lines = readFileSync(new URL(file, folder), "utf8").split("\n");
    return [{ file, service, lines }];
  });
}
