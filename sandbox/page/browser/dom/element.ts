import { visible } from "../text/visible.ts";

type Child = Node | string | number | undefined | false;
type Value = string | number | boolean | undefined | ((event: Event) => void);

/**
 * An element. Texts become text nodes, never markup; attributes that begin with `on` are listeners;
 * `false` and `undefined` leave an attribute or child out.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, Value>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== undefined && value !== false) made.setAttribute(name, String(value));
  }
  made.append(...nodes(children));
  return made;
}

function nodes(children: readonly Child[]): (Node | string)[] {
  return children
    .filter((child) => child !== undefined && child !== false)
    .map((child) => (typeof child === "number" ? String(child) : child));
}

/** Text that came from outside: its direction stays its own, and nothing in it hides. */
export function foreign(text: string): HTMLElement {
  return element("bdi", {}, visible(text));
}

/** Text for those who do not see the rest. */
export function unseen(text: string): HTMLElement {
  return element("span", { class: "unseen" }, text);
}

/** A state as a coloured word. */
export function badge(status: string, word = status): HTMLElement {
  const name = status.toLowerCase().replaceAll(/[^a-z]+/g, "-");
  return element("span", { class: `badge state-${name}` }, word);
}

export function link(href: string, text: string): HTMLAnchorElement {
  return element("a", { href }, foreign(text));
}
