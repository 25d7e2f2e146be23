/** Runs now and again and again, until the page is left; waits while nobody looks at it. */
export function repeat(everyMs: number, run: () => Promise<void>, signal: AbortSignal): void {
  const step = async (): Promise<void> => {
    if (document.visibilityState === "visible") await run();
    else await untilVisible(signal);
    next();
  };
  const next = (): void => {
    if (!signal.aborted) setTimeout(() => void step(), everyMs);
  };
  void step();
}

function untilVisible(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (document.visibilityState !== "visible" && !signal.aborted) return;
      document.removeEventListener("visibilitychange", look);
      resolve();
    };
    document.addEventListener("visibilitychange", look);
    signal.addEventListener("abort", look, { once: true });
  });
}

/** Puts new content in place of the old where it differs, so that what is focused or read stays. */
export function update(place: HTMLElement, ...content: readonly (Node | string)[]): void {
  const fresh = place.cloneNode(false) as HTMLElement;
  fresh.append(...content);
  keepOpen(place, fresh);
  if (fresh.isEqualNode(place)) return;
  const focused = pathOf(place, document.activeElement);
  place.replaceChildren(...fresh.childNodes);
  restoreFocus(place, focused);
}

/** What somebody has opened or closed stays so, as long as it has the same heading. */
function keepOpen(old: HTMLElement, fresh: HTMLElement): void {
  const heading = (one: Element) => one.querySelector("summary")?.textContent ?? "";
  const known = new Map(
    [...old.querySelectorAll("details")].map((one) => [heading(one), one.open]),
  );
  for (const one of fresh.querySelectorAll("details"))
    one.open = known.get(heading(one)) ?? one.open;
}

/** The way from a place down to a node in it, as indexes; undefined where it is not in it. */
function pathOf(place: HTMLElement, node: Element | null): readonly number[] | undefined {
  if (node === null || node === place || !place.contains(node)) return undefined;
  const path: number[] = [];
  for (let at: Element = node; at !== place; at = at.parentElement ?? place) {
    path.unshift([...(at.parentElement?.children ?? [])].indexOf(at));
  }
  return path;
}

function restoreFocus(place: HTMLElement, path: readonly number[] | undefined): void {
  if (path === undefined) return;
  const target = path.reduce<Element | undefined>((at, index) => at?.children[index], place);
  if (target instanceof HTMLElement) target.focus({ preventScroll: true });
}
