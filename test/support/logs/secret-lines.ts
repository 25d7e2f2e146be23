import fc from "fast-check";
import { cardNumbers, writtenNumbers } from "./card-numbers.ts";

/** A line, and the parts of it that must not leave the node. */
export interface SecretLine {
  readonly line: string;
  readonly secrets: readonly string[];
}

/** How a kind of secret is written, by its name. */
type Kind = readonly [name: string, lines: fc.Arbitrary<SecretLine>];

type Write = (secret: string, name: string) => string;

function lines(
  secrets: fc.Arbitrary<string>,
  names: readonly string[],
  shapes: readonly Write[],
): fc.Arbitrary<SecretLine> {
  return fc
    .tuple(secrets, fc.constantFrom(...names), fc.constantFrom(...shapes))
    .map(([secret, name, write]) => ({ line: write(secret, name), secrets: [secret] }));
}

const json: Write = (secret, name) => JSON.stringify({ a: 1, [name]: secret, z: "2" });
const escaped: Write = (secret, name) => JSON.stringify(json(secret, name));

const inText: readonly Write[] = [
  (it) => `paid by ${it}.`,
  (it) => it,
  (it) => `(${it})`,
  (it) => `row: 17,Jane,${it},12/25,x`,
  (it) => `17;Jane;${it};12/25`,
  (it) => `1 ${it}`,
  (it) => `"${it}"`,
  (it) => `'${it}',`,
  (it) => `[${it}]`,
  (it) => `<n>${it}</n>`,
  (it) => `a=${it}&b=1`,
  (it) => `card:${it}`,
  (it) => `pan_${it}`,
  (it) => `PAN${it}`,
  (it) => `card${it}`,
  (it) => `swipe %B${it}^DOE/JANE^2512101?`,
  (it) => `;${it}=25121010000?`,
  (it) => `x\\n${it}\\ny`,
  (it) => `${it} ${it}`,
  (it) => `${it},${it}`,
  (it) => `GET /pay?n=${it} 200 3.1 ms - 12`,
];

const numberNames = [
  "longNum",
  "long_num",
  "cardNumber",
  "card_number",
  "CARD-NUMBER",
  "cardNo",
  "ccNumber",
  "cc_num",
  "creditCard",
  "credit_card_number",
  "debitCardNumber",
  "primaryAccountNumber",
];
const named: readonly Write[] = [
  json,
  escaped,
  (it, name) => `${name}=${it}`,
  (it, name) => `${name}: ${it}`,
  (it, name) => `Card{id=null, ${name}='${it}', x='1'}`,
  (it, name) => `{${name}:${it} Expires:12/30}`,
  (it, name) => `<${name}>${it}</${name}>`,
  (it, name) => `'${name}' => '${it}'`,
  (it, name) => `a=1&${name}=${it}&b=2`,
  (it, name) => `x\\n${name}=${it}\\ny`,
];

const codeNames = [
  ..."ccv CCV cvv CVV cvc cvv2 cvc2 cardCvv card_cvv".split(" "),
  ..."securityCode security_code cardCode verificationValue cardVerificationCode csc".split(" "),
];

const word = (pattern: string) => fc.stringMatching(new RegExp(`^${pattern}$`));
const simple = word("S3[A-Za-z0-9]{4,20}x");
const punctuated = word("S3[A-Za-z0-9!#$%*+./?@^_~-]{4,20}x");
const anything = word(`S3[ A-Za-z0-9!#$%*+./?@^_~(){}:;,|=<>&\\[\\]-]{4,20}x`);

const secretNames = [
  ..."password PASSWORD Password passwd pwd passphrase db_pass userPassword".split(" "),
  ..."MYSQL_ROOT_PASSWORD DB_PASSWORD spring.datasource.password new-password".split(" "),
  ..."secret clientSecret client_secret token access_token refreshToken X-Auth-Token".split(" "),
  ..."csrf-token api_key apiKey X-Api-Key DD_API_KEY app_key accessKey secret_key".split(" "),
  ..."private_key aws_secret_access_key AccountKey credential sessionId session_id".split(" "),
  ..."JSESSIONID PHPSESSID connect.sid md.sid password_confirmation".split(" "),
];
const quoted: readonly Write[] = [
  json,
  escaped,
  (it, name) => `{ ${name}: '${it}', x: 1 }`,
  (it, name) => `${name} = "${it}"`,
  (it, name) => `'${name}': '${it}'`,
  (it, name) => `["${name}"]=>"${it}"`,
];
const bare: readonly Write[] = [
  (it, name) => `${name}=${it}`,
  (it, name) => `${name}: ${it}`,
  (it, name) => `--${name} took=1ms ${name}=${it}`,
  (it, name) => `User{name=ada, ${name}=${it}}`,
  (it, name) => `&{Name:ada ${name}:${it} Id:1}`,
  (it, name) => `x\\n${name}=${it}\\n\tat a.B.c(B.java:1)`,
  (it, name) => `GET /login?${name}=${it}&next=1 200 3.1 ms - 12`,
];
const markup: readonly Write[] = [
  (it, name) => `<${name}>${it}</${name}>`,
  (it, name) => `%22${name}%22%3A%22${it}%22`,
  (it, name) => `&quot;${name}&quot;:&quot;${it}&quot;`,
];

const base64 = word("[A-Za-z0-9+/]{12,40}[0-9]==");
const jwt = word("eyJ[A-Za-z0-9_-]{15,40}\\.eyJ[A-Za-z0-9_-]{15,60}\\.[A-Za-z0-9_-]{20,43}");
const opaque = word("[A-Za-z0-9_-]{24,40}");

const headers: readonly Kind[] = [
  [
    "an Authorization header",
    lines(
      fc.oneof(base64, jwt, opaque),
      ["Basic", "Bearer", "bearer", "Token", "ApiKey"],
      [
        (it, scheme) => `Authorization: ${scheme} ${it}`,
        (it, scheme) => `authorization=[${scheme} ${it}]`,
        (it, scheme) =>
          `{ headers: { Authorization: '${scheme} ${it}' }, uri: 'http://user/login' }`,
        (it, scheme) => JSON.stringify({ Authorization: `${scheme} ${it}` }),
        (it, scheme) =>
          JSON.stringify(JSON.stringify({ "Proxy-Authorization": `${scheme} ${it}` })),
        (it, scheme) => `x\\nAuthorization: ${scheme} ${it}\\ny`,
      ],
    ),
  ],
  ["a bearer token", lines(fc.oneof(jwt, opaque), ["x"], [(it) => `sent Bearer ${it} to user`])],
  ["a JSON Web Token", lines(jwt, ["x"], inText.slice(0, 10))],
  [
    "a cookie",
    lines(
      word("s%3A[A-Za-z0-9_-]{20,32}\\.[A-Za-z0-9%]{20,40}"),
      ["connect.sid", "md.sid", "JSESSIONID", "session", "auth"],
      [
        (it, name) => `Cookie: ${name}=${it}; logged_in=${it}`,
        (it, name) => `Set-Cookie: ${name}=${it}; Path=/; HttpOnly`,
        (it, name) => `cookies: theme=dark; ${name}=${it}`,
        (it, name) => JSON.stringify({ cookie: `${name}=${it}; a=b` }),
      ],
    ),
  ],
];

const hosts = ["mongodb", "mongodb+srv", "amqp", "redis", "postgres", "http", "jdbc:mysql"];
const connections: readonly Kind[] = [
  [
    "a password in a connection string",
    lines(word("S3[A-Za-z0-9!$*+._~-]{4,16}x"), hosts, [
      (it, scheme) => `cannot connect to ${scheme}://shop:${it}@orders-db:27017/data and more`,
      (it, scheme) => `url=${scheme}://:${it}@cache.example.com`,
      (it, scheme) => JSON.stringify({ url: `${scheme}://shop:${it}@a,b/x?y=z` }),
    ]),
  ],
  [
    "a password in a data source name",
    lines(
      word("S3[A-Za-z0-9!$*+._~-]{4,16}x"),
      ["u"],
      [
        (it) => `DSN="catalogue_user:${it}@tcp(catalogue-db:3306)/socksdb"`,
        (it) => `Server=db;Uid=sa;Pwd=${it};Database=x`,
        (it) => `jdbc:mysql://db/x?user=a&password=${it}&useSSL=no`,
      ],
    ),
  ],
];

const typed: readonly Kind[] = [
  [
    "a password that is typed or printed",
    lines(
      punctuated,
      ["x"],
      [
        (it) => `redis-server --requirepass ${it}`,
        (it) => `app --db-password ${it} --verbose`,
        (it) => `CREATE USER 'a'@'%' IDENTIFIED BY '${it}'`,
        (it) => `mysql -u root -p${it} socksdb`,
        (it) => `[Server] A temporary password is generated for root@localhost: ${it}`,
        (it) => `Using generated security password: ${it}`,
        (it) => `GENERATED ROOT PASSWORD: ${it}`,
      ],
    ),
  ],
  [
    "a key with a known prefix",
    lines(
      fc.oneof(
        word("AKIA[0-9A-Z]{16}"),
        word("ghp_[A-Za-z0-9]{36}"),
        word("xoxb-[0-9]{10}-[A-Za-z0-9]{20}"),
        word("sk_live_[A-Za-z0-9]{24}"),
        word("AIza[A-Za-z0-9_-]{35}"),
        word("glpat-[A-Za-z0-9_-]{20}"),
      ),
      ["x"],
      inText.slice(0, 8),
    ),
  ],
  [
    "a private key",
    lines(
      word("MII[A-Za-z0-9+/]{40}"),
      ["RSA ", "EC ", ""],
      [
        (it, kind) =>
          `x\\n-----BEGIN ${kind}PRIVATE KEY-----\\n${it}\\n-----END ${kind}PRIVATE KEY-----\\ny`,
      ],
    ),
  ],
];

const local = word("s3[a-z0-9.+_-]{1,10}x");
const addresses = fc.oneof(
  fc.tuple(local, word("x[a-z0-9-]{1,8}\\.(com|org|co\\.uk)")).map(([a, b]) => `${a}@${b}`),
  fc.tuple(local, local).map(([a, b]) => `${a}'${b}@example.org`),
  local.map((it) => `${it}ü@exämple.de`),
  local.map((it) => `${it}%40example.com`),
);

/** Every class of secrets, as services and their libraries write them. */
export const secretKinds: readonly Kind[] = [
  ["a card number in a text", lines(writtenNumbers, ["x"], inText)],
  ["a card number by name", lines(writtenNumbers, numberNames, named)],
  ["a card number that is a JSON number", lines(cardNumbers, ["n", "longNum"], [numberOf])],
  [
    "a card code",
    lines(
      word("[0-9]{3,4}").map((it) => it),
      codeNames,
      codeShapes(),
    ),
  ],
  ["a quoted secret", lines(anything, secretNames, quoted)],
  ["a bare secret", lines(punctuated, secretNames, bare)],
  ["a secret in markup", lines(simple, secretNames, markup)],
  ...headers,
  ...connections,
  ...typed,
  [
    "an e-mail address",
    lines(addresses, ["email"], [...inText.slice(0, 11), ...named.slice(0, 4)]),
  ],
];

function numberOf(secret: string, name: string): string {
  return `{"a":1,"${name}":${secret},"z":2}`;
}

/** A code alone is three digits: its line must hold no others. */
function codeShapes(): readonly Write[] {
  return [
    ...named.filter((write) => !/[0-9]{3}/.test(write("", ""))),
    (it, name) => `{"a":1,"${name}":${it},"z":2}`,
  ];
}
