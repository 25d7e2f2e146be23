import { startsWith } from "./log-rule.ts";

// A line that begins no event continues the one before. What is not listed here is therefore joined
// to whatever was printed last; the pipelines find an order's facts in front of it.

const colours = String.raw`(?:\x1b\[[0-9;]*m)*`;
const json = String.raw`\{\s?"`;

/** What a JVM and its agents and libraries print past the application's logging. */
const javaRuntime = [
  // A thread dump.
  String.raw`\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\r?$`,
  // Unified logging, and the garbage collector's lines of Java 8.
  String.raw`\[\d+[.,]\d+m?s\]`,
  String.raw`\[\d{4}-\d{2}-\d{2}T`,
  String.raw`(?:\d+\.\d{3}: )?\[(?:Full )?GC `,
  String.raw`# (?:A fatal error|There is insufficient memory|java\.)`,
  String.raw`(?:Terminating|Aborting) due to java\.`,
  "(?:Dumping heap to|Heap dump file created|Listening for transport) ",
  "Error: (?:Could not|Unable|A |Invalid|Main )",
  "Error occurred during initialization of VM",
  "Unrecognized (?:VM )?option",
  String.raw`Exception(?: in thread "|: java\.)`,
  "(?:NOTE: )?Picked up ",
  String.raw`(?:OpenJDK|Java HotSpot\(TM\)) .{0,40}warning: `,
  "WARNING: (?:A |All |An |If |Illegal |Please |Restricted |Unknown |Use |Using )",
  String.raw`\[(?:dd\.trace|otel\.javaagent) `,
  // java.util.logging, Logback's default and its own messages, SLF4J, Log4j, Hibernate.
  String.raw`[A-Z][a-z]{2} \d{1,2}, \d{4} \d`,
  String.raw`\d{2}:\d{2}:\d{2}[.,]\d{3} (?:\[|\|-)`,
  "(?:SLF4J|log4j|Hibernate)[:(]",
];

/**
 * Where an event of a Spring Boot service begins. What orders prints on stderr has no header: it is
 * told from a trace that a logger appended by what Java's Future throws, and by a missing message,
 * which the logger shows as "null".
 */
export const springStart = startsWith("spring_event", [
  String.raw`${colours}\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}[.,]\d{3}`,
  String.raw`java\.util\.concurrent\.ExecutionException: `,
  String.raw`(?:[a-z]\w*\.)+[A-Z][\w$]*(?:Exception|Error)$`,
  "Adding shipment to queue",
  "Unable to add to queue",
  "Received shipment task",
  json,
  // Spring Boot's banner, or its last line where the picture is off.
  String.raw`  \.   ____`,
  " :: Spring Boot ::",
  ...javaRuntime,
]);

/** Where an event of a Go service begins: not at the lines of a panic's stack. */
export const goStart = startsWith("go_event", [
  String.raw`[a-zA-Z_][\w.]*=`,
  String.raw`\d{4}[/-]\d{2}[/-]\d{2}`,
  String.raw`(?:panic|fatal error|unexpected fault address|runtime|http)\b[^(]*?: `,
  "SIG[A-Z]+: ",
  "exit status ",
  json,
  // What user and catalogue print at their start and by the way.
  String.raw`[A-Z][a-z]+(?:\(\w*\))?(?: [a-z]+)*(?:: | is )`,
  String.raw`\s*\[?(?:Card|Address|User|Customer)\b`,
  String.raw`(?:images|ls): `,
]);

/**
 * Where an event of a Node.js service begins: not at the lines of an error's stack, nor at those
 * that close or fill a printed object.
 */
export const nodeStart = startsWith("node_event", [String.raw`[^\s})\]^]`]);
