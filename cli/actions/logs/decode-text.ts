/**
 * Text of a file, by its byte order mark; UTF-8 if it has none. Windows PowerShell 5.1 writes what
 * `>` redirects as UTF-16.
 */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return "utf-8";
}
