/** Widgets that may show no data, by title, with the reason; any other empty one is a failure. */
const mayBeEmpty: Readonly<Record<string, string>> = {
  Tried: "a sum of which one part is missing is missing: nobody was declined",
  Declined: "no order of most scenarios is declined",
  "Restarts, since each pod began": "the simulation has no metrics of containers",
  "Containers that wait, by reason": "the simulation has no metrics of containers",
  "Containers whose last end was out of memory": "the simulation has no metrics of containers",
  "Pods of shipping, RabbitMQ and queue-master": "the simulation counts the pods of payment alone",
  "Latency: mean of the Java services' requests": "the scenarios print no access lines of Tomcat",
};

/** The empty widgets for which nothing says that they may be. */
export function unexplained(empty: readonly string[]): readonly string[] {
  return empty.filter((title) => !Object.hasOwn(mayBeEmpty, title));
}
