/** What a page gets to draw itself with. */
export interface View {
  /** Where it draws; empty at the start. */
  readonly place: HTMLElement;
  readonly url: URL;
  /** Aborted when the page is left. */
  readonly signal: AbortSignal;
  /** Another address of this page; `replace` keeps the way back as it is. */
  readonly go: (url: URL, how?: "push" | "replace") => void;
}

export interface Page {
  readonly title: string;
  readonly draw: (view: View) => Promise<void> | void;
}
