/** Takes one message; the broker drops it from the queue. */
type Consumer = (message: string) => void;

export interface Subscription {
  /** Stops consuming. */
  cancel(): void;
}

/** Stand-in of the broker: non-durable queues with competing consumers, lost with the pod. */
export interface Broker {
  publish(queue: string, message: string): void;
  /** `onClosed` is called when the broker goes away. */
  consume(queue: string, consumer: Consumer, onClosed: () => void): Subscription;
  /** Messages that wait for a consumer. */
  depth(queue: string): number;
  /** Ends all connections: the pod stops. */
  close(): void;
}

interface Queue {
  waiting: string[];
  readonly consumers: Map<Consumer, () => void>;
}

/** Messages that wait at most; then the oldest are dropped, as with RabbitMQ's max-length. */
const MAX_LENGTH = 10_000;

export function createBroker(): Broker {
  const queues = new Map<string, Queue>();
  const queueOf = (name: string): Queue => {
    const queue = queues.get(name) ?? { waiting: [], consumers: new Map<Consumer, () => void>() };
    queues.set(name, queue);
    return queue;
  };

  return {
    publish: (name, message) => {
      const queue = queueOf(name);
      queue.waiting.push(message);
      if (queue.waiting.length > MAX_LENGTH) queue.waiting.shift();
      deliver(queue);
    },
    consume: (name, consumer, onClosed) => {
      const queue = queueOf(name);
      queue.consumers.set(consumer, onClosed);
      deliver(queue);
      return { cancel: () => queue.consumers.delete(consumer) };
    },
    depth: (name) => queueOf(name).waiting.length,
    close: () => {
      const closed = [...queues.values()].flatMap(({ consumers }) => [...consumers.values()]);
      queues.clear();
      for (const onClosed of closed) onClosed();
    },
  };
}

/** Round robin: whoever got the last message goes to the end of the line. */
function deliver(queue: Queue): void {
  while (queue.waiting.length > 0) {
    const [next] = queue.consumers;
    if (next === undefined) return;
    const [consumer, onClosed] = next;
    queue.consumers.delete(consumer);
    queue.consumers.set(consumer, onClosed);
    const [message = ""] = queue.waiting.splice(0, 1);
    consumer(message);
  }
}
