import fc from "fast-check";

const text = (pattern: string) => fc.stringMatching(new RegExp(`^${pattern}$`));

const header = (ids: string) =>
  `2025-10-28 10:04:45.548  INFO [orders,${ids},false] 1 --- [nio-80-exec-1] w.w.s.Orders : ok`;

/** An IBAN with its check digits, by ISO 13616. */
function iban(country: string, account: string): string {
  const digits = Array.from(`${account}${country}00`)
    .map((it) => parseInt(it, 36).toString())
    .join("");
  const check = 98n - (BigInt(digits) % 97n);
  return `${country}${check.toString().padStart(2, "0")}${account}`;
}

const ibans = fc.oneof(
  text("[0-9]{18}").map((it) => iban("DE", it)),
  text("[0-9]{14}").map((it) => iban("DK", it)),
  text("[0-9]{12}").map((it) => iban("BE", it)),
  text("[0-9]{16}").map((it) => iban("AT", it)),
  text("[0-9]{20}").map((it) => iban("ES", it)),
  text("[0-9]{10}[A-Z0-9]{11}[0-9]{2}").map((it) => iban("FR", it)),
  text("[A-Z]{4}[0-9]{14}").map((it) => iban("GB", it)),
  text("[0-9]{11}").map((it) => iban("NO", it)),
);

/** An EAN-13 with its check digit. */
const ean = text("[0-9]{12}").map((digits) => {
  const sum = Array.from(digits).reduce(
    (all, it, at) => all + Number(it) * (at % 2 === 0 ? 1 : 3),
    0,
  );
  return `${digits}${(10 - (sum % 10)) % 10}`;
});

const uuids = fc.uuid();
const hex = (length: number) => text(`[0-9a-f]{${length}}`);
const allDigits = (length: number) => text(`[1-9][0-9]{${length - 1}}`);
const traceId = fc.oneof(hex(16), hex(32), allDigits(16), allDigits(32));

const instants = fc.date({
  min: new Date("2000-01-01"),
  max: new Date("2035-12-31"),
  noInvalidDate: true,
});

/** What looks like a secret and is none, by its name. */
export const lookAlikes: readonly (readonly [name: string, lines: fc.Arbitrary<string>])[] = [
  [
    "an order id",
    hex(24).map((id) => `Order ${id} shipped successfully, GET /orders/${id} 200 3 ms - -`),
  ],
  [
    "a trace id in a header",
    fc.tuple(traceId, fc.oneof(hex(16), allDigits(16))).map(([a, b]) => header(`${a},${b}`)),
  ],
  [
    "a trace id by name",
    fc
      .tuple(traceId, fc.constantFrom("trace_id=", '"traceId":"', "X-B3-TraceId: ", "dd.span_id="))
      .map(([id, name]) => `${name}${id}" next`),
  ],
  [
    "a trace id in a header of HTTP",
    fc
      .tuple(fc.oneof(hex(32), allDigits(32)), fc.oneof(hex(16), allDigits(16)))
      .map(([a, b]) => `traceparent: 00-${a}-${b}-01`),
  ],
  ["a UUID", uuids.map((id) => `POST to carts: http://carts/carts/${id}/items id=${id}`)],
  ["an EAN", ean.map((it) => `sku=${it} gtin ${it}, "ean":"${it}"`)],
  ["an IBAN", ibans.map((it) => `iban ${it}, iban=${it}`)],
  ["an IBAN in groups", ibans.map((it) => `iban ${it.match(/.{1,4}/g)?.join(" ") ?? ""}.`)],
  [
    "a date",
    instants.map((at) => {
      const iso = at.toISOString();
      return `${iso} ${iso.replaceAll(/\D/g, "")} ${iso.slice(0, 10)} ${at.getFullYear()}-${at.getFullYear() + 1}`;
    }),
  ],
  [
    "an instant",
    instants.map((at) => {
      const ms = at.getTime();
      return `{"timestamp":${ms},"s":${Math.floor(ms / 1000)},"us":${ms}000,"ns":${ms}000000}`;
    }),
  ],
  [
    "a fraction",
    fc.double({ min: 0, max: 1000, noNaN: true }).map((it) => `total=${it} rate: ${it / 7}`),
  ],
  [
    "a phone number",
    text("[1-9][0-9]{9}").map((it) => `call +49 ${it} or 0${it.slice(0, 3)}-${it.slice(3)}`),
  ],
  ["a digest", fc.oneof(hex(40), hex(64)).map((it) => `image quay.io/a/b@sha256:${it} sha1 ${it}`)],
  [
    "a pointer, a size, an address",
    fc
      .tuple(hex(10), fc.ipV4(), fc.nat({ max: 65_535 }))
      .map(([a, ip, port]) => `http.(*conn).serve(0xc${a}, 0x9e) ${ip}:${port} 10110600806 bytes`),
  ],
  [
    "words about secrets",
    fc.constantFrom(
      "password changed for user ada",
      "Access denied for user 'shop'@'10.0.0.7' (using password: YES)",
      "java.sql.SQLException: Access denied for user 'a'@'b' (using password: NO)",
      "Unexpected token } in JSON at position 17",
      "secretName is datadog-secret, tokens=17, max_tokens: 4096",
      '{"password":null,"token":true,"cvv":null}',
      "Sent cookies.",
      "cookie hash    : wahrYShd3BMF2j9dR3tizA==",
      "Basic authentication is off; the bearer is unknown",
      "Authorization failed, the session has expired",
      "token bucket is full",
      "the card was declined; code 05",
      "verification failed for order 12",
    ),
  ],
  [
    "a host",
    fc.constantFrom(
      "Created new connection: amqp://guest@rabbitmq.sock-shop.svc.cluster.local:5672/",
      "starting node rabbit@rabbitmq-0.rabbitmq.shop.svc.cluster.local",
      "node rabbit@localhost is up, root@localhost logged in",
      "SimpleConnection@1d5f7ba3 [delegate=amqp://guest@10.96.41.7:5672/]",
      "GET /images/logo@2x.png 200 1.1 ms - 17",
      "microservices-demo-front-end@0.0.1 start /usr/src/app",
      "http://user:80/login, http://payment:80/paymentAuth?x=a",
    ),
  ],
  [
    "an amount, a count, a port",
    fc
      .tuple(fc.nat(), fc.nat({ max: 99 }), fc.nat({ max: 9999 }))
      .map(([a, b, c]) => `amount=${a}.${b} size=${c} ${c} ${a} took=${b}.${c}ms port: ${c}, ${a}`),
  ],
];
