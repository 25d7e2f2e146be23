import { element } from "../dom/element.ts";
import type { View } from "../view.ts";

interface Field {
  /** The parameter of the address that it sets. */
  readonly name: string;
  readonly label: string;
  readonly value: string;
}

/** A search whose words are part of the address. */
export function searchForm({ url, go }: View, { name, label, value }: Field): HTMLElement {
  const id = `search-${name}`;
  const field = element("input", { type: "search", id, value, spellcheck: "false" });
  const submit = (event: { preventDefault(): void }): void => {
    event.preventDefault();
    const next = new URL(url);
    next.searchParams.set(name, field.value);
    next.searchParams.delete("event");
    go(next);
  };
  return element(
    "form",
    { role: "search", onsubmit: submit },
    element("label", { for: id }, label),
    element("div", { class: "row" }, field, element("button", {}, "Search")),
  );
}
