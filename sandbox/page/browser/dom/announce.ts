/** Says something to those who hear the page; the same again is said again. */
export function announce(text: string): void {
  const announcer = document.getElementById("announcer");
  if (announcer === null) return;
  announcer.textContent = announcer.textContent === text ? `${text} ` : text;
}
