import { type Attributes, isObject } from "../log-event.ts";

/** Datadog's words for what VRL calls the category of a device. */
const categories: Partial<Record<string, string>> = {
  pc: "Desktop",
  smartphone: "Mobile",
  mobilephone: "Mobile",
  tablet: "Tablet",
  crawler: "Bot",
};

const orderOfVersion = ["major", "minor", "patch", "patch_minor"] as const;

/**
 * Browser, operating system and device as Datadog's user-agent parser writes them, of what VRL read:
 * both know the families of uap-core, and what none of them knows is `Other`.
 */
export function userAgentDetails(read: Attributes): Attributes {
  const { browser, os, device } = read;
  const known = partsOf(device, ["brand", "model"]);
  const category = textAt(device, "category");
  return {
    browser: { ...partsOf(browser, orderOfVersion), ...lastOfVersion(browser) },
    os: partsOf(os, orderOfVersion),
    device: { ...known, category: categories[category ?? ""] ?? "Other" },
  };
}

function partsOf(value: unknown, names: readonly string[]): Attributes {
  const found = names.map((name) => [name, textAt(value, name)] as const);
  return {
    family: textAt(value, "family") ?? "Other",
    ...Object.fromEntries(found.filter(([, text]) => text !== undefined)),
  };
}

/** VRL keeps the fourth number of a browser's version in the whole of it alone. */
function lastOfVersion(browser: unknown): Attributes {
  const [, , , last] = (textAt(browser, "version") ?? "").split(".");
  return last === undefined ? {} : { patch_minor: last };
}

function textAt(value: unknown, key: string): string | undefined {
  const text = isObject(value) ? value[key] : undefined;
  return typeof text === "string" && text !== "" ? text : undefined;
}
