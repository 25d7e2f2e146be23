/* global document */
export function find(id) {
  return document.getElementById(id);
}

/** An element whose texts stay texts. */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.map((child) => child ?? ""));
  return made;
}

export function row(...cells) {
  return element("tr", {}, ...cells.map((cell) => element("td", {}, cell)));
}

export function money(amount) {
  return `$${Number(amount ?? 0).toFixed(2)}`;
}

/** `2025-10-18 09:33:09`, as the real page cuts it. */
export function shownDate(date) {
  return String(date ?? "")
    .split(".")[0]
    .replace("T", " ");
}
