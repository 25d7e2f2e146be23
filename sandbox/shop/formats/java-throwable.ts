/** A Java exception as its stack trace shows it. */
export interface JavaThrowable {
  readonly className: string;
  readonly message?: string | undefined;
  /** `package.Class.method(File.java:12)`, innermost first. */
  readonly frames: readonly string[];
  readonly cause?: JavaThrowable | undefined;
}

/** `Throwable.toString()`. */
export function javaToString(throwable: JavaThrowable): string {
  const { className, message } = throwable;
  return message === undefined ? className : `${className}: ${message}`;
}

/** What `printStackTrace` writes: several lines, frames that repeat the enclosing trace folded. */
export function stackTrace(throwable: JavaThrowable): string {
  const lines = [javaToString(throwable), ...throwable.frames.map(frameLine)];
  let enclosing = throwable;
  for (let cause = throwable.cause; cause !== undefined; cause = cause.cause) {
    const common = commonTail(cause.frames, enclosing.frames);
    const own = cause.frames.slice(0, cause.frames.length - common);
    lines.push(`Caused by: ${javaToString(cause)}`, ...own.map(frameLine));
    if (common > 0) lines.push(`\t... ${common} more`);
    enclosing = cause;
  }
  return lines.join("\n");
}

/** The innermost cause: what Tomcat prints after "with root cause". */
export function rootCause(throwable: JavaThrowable): JavaThrowable {
  return throwable.cause === undefined ? throwable : rootCause(throwable.cause);
}

function frameLine(frame: string): string {
  return `\tat ${frame}`;
}

function commonTail(inner: readonly string[], outer: readonly string[]): number {
  let count = 0;
  while (count < inner.length && inner.at(-1 - count) === outer.at(-1 - count)) count += 1;
  return count;
}
