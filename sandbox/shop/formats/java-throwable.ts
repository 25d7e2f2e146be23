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
  return trace(throwable, javaToString, frameLine);
}

/** What Logback writes: each frame with the jar that its class is from, "null" for no message. */
export function loggedTrace(throwable: JavaThrowable): string {
  const head = ({ className, message }: JavaThrowable) => `${className}: ${message ?? "null"}`;
  return trace(throwable, head, (frame) => `${frameLine(frame)} ~[${jarOf(frame)}]`);
}

function trace(
  throwable: JavaThrowable,
  head: (throwable: JavaThrowable) => string,
  line: (frame: string) => string,
): string {
  const lines = [head(throwable), ...throwable.frames.map(line)];
  let enclosing = throwable;
  for (let cause = throwable.cause; cause !== undefined; cause = cause.cause) {
    const common = commonTail(cause.frames, enclosing.frames);
    const own = cause.frames.slice(0, cause.frames.length - common);
    lines.push(`Caused by: ${head(cause)}`, ...own.map(line));
    if (common > 0) lines.push(`\t... ${common} more`);
    enclosing = cause;
  }
  return lines.join("\n");
}

/** The innermost cause: what Tomcat prints after "with root cause". */
export function rootCause(throwable: JavaThrowable): JavaThrowable {
  return throwable.cause === undefined ? throwable : rootCause(throwable.cause);
}

const jars: readonly (readonly [packages: RegExp, jar: string])[] = [
  [/^org\.springframework\.web\.servlet\./, "spring-webmvc-4.3.6.RELEASE.jar!/:4.3.6.RELEASE"],
  [/^org\.springframework\.(?:web|http)\./, "spring-web-4.3.6.RELEASE.jar!/:4.3.6.RELEASE"],
  [/^org\.springframework\.cglib\./, "spring-core-4.3.6.RELEASE.jar!/:4.3.6.RELEASE"],
  [/^org\.springframework\.aop\./, "spring-aop-4.3.6.RELEASE.jar!/:4.3.6.RELEASE"],
  [
    /^org\.springframework\.boot\.actuate\./,
    "spring-boot-actuator-1.4.4.RELEASE.jar!/:1.4.4.RELEASE",
  ],
  [/^org\.springframework\.boot\./, "spring-boot-1.4.4.RELEASE.jar!/:1.4.4.RELEASE"],
  [
    /^org\.springframework\.cloud\.sleuth\./,
    "spring-cloud-sleuth-core-1.1.0.RELEASE.jar!/:1.1.0.RELEASE",
  ],
  [/^org\.apache\.tomcat\.websocket\./, "tomcat-embed-websocket-8.5.11.jar!/:8.5.11"],
  [/^(?:org\.apache\.|javax\.servlet\.)/, "tomcat-embed-core-8.5.11.jar!/:8.5.11"],
  [/^works\.weave\./, "classes!/:1.4.4.RELEASE"],
];

/** The jar of a frame's class and its version; those of the Java runtime have none. */
function jarOf(frame: string): string {
  return jars.find(([packages]) => packages.test(frame))?.[1] ?? "na:1.8.0_111";
}

function frameLine(frame: string): string {
  return `\tat ${frame}`;
}

function commonTail(inner: readonly string[], outer: readonly string[]): number {
  let count = 0;
  while (count < inner.length && inner.at(-1 - count) === outer.at(-1 - count)) count += 1;
  return count;
}
