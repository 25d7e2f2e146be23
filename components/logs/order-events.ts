import { capture, type GrokSpec, grokParser, rule } from "./grok.ts";
import { categoryProcessor, type Processor } from "./processors.ts";
import { text } from "./spring-boot.ts";

// What orders prints about one order. The stock builds name no order; the runbook's build does, and
// the runbook quotes it in two wordings. Anything may follow one of these texts on lines of its own: a
// stack trace, or what a JVM prints past the logger and the Agent took for the same event.

const orderId = rule("_oid", capture("[0-9a-f]{24}", "order.id"));
const rest = "[\\s\\S]*";
const restOfLine = String.raw`[^\n]*`;
const otherLines = rule("_rest", String.raw`\s*(?:\n[\s\S]*)?`);
const reason = "order.failure_reason";

const orderParser: GrokSpec = {
  name: "orders",
  source: text,
  samples: [
    "Order created with ID: 6900953ac1f4320001b50703 and status: Created",
    "Order 6900953ac1f4320001b50703 status updated to PAYMENT_FAILED due to: Connection refused",
    "Order 6900953ac1f4320001b50703 shipped successfully",
    "Servlet.service() for servlet [dispatcherServlet] in context with path [] threw exception " +
      "[Request processing failed; nested exception is java.lang.IllegalStateException: " +
      "Unable to create order due to timeout from one of the services.] with root cause",
  ],
  support: [orderId, otherLines],
  rules: [
    rule("order_creating", "Creating order with ID: %{_oid}%{_rest}"),
    rule(
      "order_created",
      "Order created with ID: %{_oid},? (?:and )?status: %{word:order.status:uppercase}%{_rest}",
    ),
    rule(
      "order_paid",
      "Order %{_oid} payment successful, status updated to " +
        "%{word:order.status:uppercase}%{_rest}",
    ),
    rule(
      "order_status",
      "Order %{_oid} status updated to %{word:order.status:uppercase}" +
        `(?:\\s+due to: ${capture(restOfLine, reason)})?%{_rest}`,
    ),
    rule(
      "order_saved",
      "Order %{_oid} saved with status: %{word:order.saved_status:uppercase}%{_rest}",
    ),
    rule(
      "order_shipped",
      `Order %{_oid} ${capture("shipped", "order.fulfilment")} successfully%{_rest}`,
    ),
    rule(
      "order_failed_stock",
      "Servlet\\.service\\(\\)[^\\n]*Unable to create order due to " +
        `${capture(String.raw`[^\].\n]*`, reason)}${rest}`,
    ),
    rule(
      "order_failed",
      `(?:Servlet\\.service\\(\\)[^\\n]*)?${capture("Payment service unavailable|Unable to process payment", reason)}` +
        ` for order %{_oid}${rest}`,
    ),
  ],
};

// The request's body is left out on purpose: it is an address and a card.
const paymentParser: GrokSpec = {
  name: "payments",
  source: text,
  samples: [
    "Sending payment request for order 6900953ac1f4320001b50703: PaymentRequest{…}",
    "Received payment response: PaymentResponse{authorised=true, message=Payment authorised}",
    "Payment failed for order 6900953ac1f4320001b50703: java.net.ConnectException: refused",
  ],
  support: [orderId, otherLines],
  rules: [
    rule(
      "payment_request",
      `Sending ${capture("payment request", "payment.step")}(?: for order %{_oid})?: PaymentRequest${rest}`,
    ),
    rule("payment_call", `${capture("Calling payment service", "payment.step")} at ${rest}`),
    rule(
      "payment_response",
      "Received payment response(?: for order %{_oid})?: PaymentResponse\\{" +
        `authorised=%{word:payment.authorised}, message=${capture(`${rest}?`, "payment.message")}\\}%{_rest}`,
    ),
    rule(
      "payment_failed",
      `Payment ${capture("failed", "payment.failure")} for order %{_oid}: ` +
        capture(String.raw`[\w$]+(?:\.[\w$]+)+`, "error.kind") +
        `(?:: ${capture(restOfLine, "error.message")})?%{_rest}`,
    ),
    rule(
      "payment_failed_plain",
      `Payment (?:${capture("failed", "payment.failure")} for order %{_oid}` +
        `|service ${capture("connection failed", "payment.failure")}): ` +
        `${capture(restOfLine, "error.message")}%{_rest}`,
    ),
  ],
};

/** What shipping and queue-master print without any header. */
const printedParser: GrokSpec = {
  name: "printed lines",
  source: "message",
  samples: ["Adding shipment to queue...", "Received shipment task: 57a98d98e4b00679b4a830b2"],
  rules: [
    rule(
      "printed",
      capture(
        `(?:Adding shipment to queue|Unable to add to queue|Received shipment task)${rest}`,
        text,
      ),
    ),
  ],
};

/**
 * queue-master starts a container of Docker's for every order, which no pod can: on a cluster that
 * is no error of the shop's.
 */
const printedLevels = [
  ["ERROR", `@${text}:Unable* -@level:*`],
  ["INFO", "@logger.name:*DockerSpawner @level:ERROR"],
] as const;

const limitParser: GrokSpec = {
  name: "decline limit",
  source: "payment.message",
  samples: ["Payment declined: amount exceeds 105.00"],
  rules: [rule("limit", "Payment declined: amount exceeds %{number:payment.limit}")],
};

const failed = `@${reason}:* -@order.status:*`;

/**
 * How an order ended. Exactly one line of an order carries it, whatever the image set, so that the
 * lines can be counted; see docs/decisions/0202-order-outcome.md.
 */
const outcomes = [
  ["placed", "@order.fulfilment:shipped OR (@payment.authorised:true -@order.id:*)"],
  ["declined", "@payment.authorised:false"],
  [
    "timeout",
    `${failed} (@${reason}:timeout* OR @error.kind:*TimeoutException OR @error.message:*timed*)`,
  ],
  ["refused", `${failed} @error.kind:*ConnectException`],
  ["failed", failed],
] as const;

const names = [
  ["payment.declined", "@payment.authorised:false"],
  ["payment.authorised", "@payment.authorised:true"],
  ["payment.requested", "@payment.step:*"],
  ["order.created", "@order.status:CREATED"],
  ["order.pending", "@order.status:PENDING"],
  ["order.paid", "@order.status:PAID"],
  ["order.declined", `@order.status:PAYMENT_FAILED @${reason}:*declined*`],
  ["order.payment_failed", "@order.status:PAYMENT_FAILED"],
  ["order.shipped", "@order.fulfilment:shipped"],
  ["order.failed", failed],
  ["payment.error", "@payment.failure:*"],
] as const;

const kinds = [
  ["success", "@evt.name:(order.paid OR order.shipped OR payment.authorised)"],
  ["declined", "@evt.name:(order.declined OR payment.declined)"],
  ["failure", "@evt.name:(order.failed OR order.payment_failed OR payment.error)"],
] as const;

/** Makes business facts of what the shop's Java services print: orders, how they ended, and why. */
export const orderEvents: readonly Processor[] = [
  grokParser(orderParser),
  grokParser(paymentParser),
  grokParser(limitParser),
  grokParser(printedParser),
  categoryProcessor("level of printed lines", "level", printedLevels),
  categoryProcessor("logger of printed lines", "logger.name", [
    ["System.out", `@${text}:* -@logger.name:*`],
  ]),
  categoryProcessor("order's outcome", "order.outcome", outcomes),
  categoryProcessor("event's name", "evt.name", names),
  categoryProcessor("event's outcome", "evt.outcome", kinds),
];
