import { messageOf } from "./api/client.ts";
import { announce } from "./dom/announce.ts";
import { element } from "./dom/element.ts";
import { pageOf } from "./pages.ts";

let leave = new AbortController();

/** Draws the page of an address. What the page before was doing ends. */
async function show(url: URL, how: "first" | "push" | "replace" | "back"): Promise<void> {
  leave.abort();
  leave = new AbortController();
  const { signal } = leave;
  const content = document.getElementById("content");
  if (content === null) return;
  if (how === "push") history.pushState(null, "", url);
  if (how === "replace") history.replaceState(null, "", url);
  markCurrent(url);
  const { title, draw } = pageOf(url.pathname);
  document.title = `${title} · Datadog stand-in`;
  const place = element("div");
  content.replaceChildren(element("h1", {}, title), place);
  if (how === "push" || how === "back") {
    content.focus();
    announce(title);
  }
  const go = (next: URL, way: "push" | "replace" = "push"): void => void show(next, way);
  try {
    await draw({ place, url, signal, go });
  } catch (error) {
    if (!signal.aborted)
      place.append(element("p", { class: "problem", role: "alert" }, messageOf(error)));
  }
}

function markCurrent({ pathname }: URL): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>("nav a")];
  const section = (path: string) => (path === "/logs/pipelines" ? path : path.split("/")[1]);
  for (const one of links) {
    const isCurrent = section(one.pathname) === section(pathname);
    if (isCurrent) one.setAttribute("aria-current", "page");
    else one.removeAttribute("aria-current");
  }
}

/** Links of the page's own are followed without loading it again. */
function follow(event: MouseEvent): void {
  const target = event.target instanceof Element ? event.target.closest("a") : null;
  if (target === null || !isPlainClick(event) || !isOfPage(target)) return;
  event.preventDefault();
  void show(new URL(target.href), "push");
}

/** Any other click opens a tab or a menu. */
function isPlainClick({ button, ctrlKey, metaKey, shiftKey, defaultPrevented }: MouseEvent) {
  return button === 0 && !ctrlKey && !metaKey && !shiftKey && !defaultPrevented;
}

function isOfPage(target: HTMLAnchorElement): boolean {
  const isFile = /^\/(?:api|sandbox|page)\//.test(target.pathname);
  const isPlace = target.getAttribute("href")?.startsWith("#") === true;
  return target.origin === location.origin && !isFile && !isPlace;
}

document.addEventListener("click", follow);
addEventListener("popstate", () => void show(new URL(location.href), "back"));
void show(new URL(location.href), "first");
