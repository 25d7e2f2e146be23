import { expect } from "chai";
import fc from "fast-check";
import { UNKNOWN } from "../../policies/values.ts";
import type { Resource } from "../../policies/rule.ts";
import { rules } from "../../policies/rules.ts";
import { evaluateAll } from "../../policies/evaluate.ts";
import { problemsOf } from "../support/problems.ts";
import { deployment, resource } from "../support/policies/rule-case.ts";

const secret = "c0ffee00c0ffee00c0ffee00c0ffee00";

const problems = (...resources: readonly Resource[]) => problemsOf("no-secret-literals", resources);

describe("secrets in the clear", () => {
  it("are found in every place, and named without their value", () => {
    const found = problems(
      deployment({ env: [{ name: "DD_API_KEY", value: secret }] }),
      deployment({ args: ["--password=hunter2", "--token", "abc", `https://u:p@host/`] }),
      deployment({}, { note: secret }),
      resource("kubernetes:core/v1:ConfigMap", "settings", { data: { "db-password": "hunter2" } }),
      resource("kubernetes:helm.sh/v3:Release", "datadog", {
        chart: "other",
        values: { datadog: { apiKey: "x" }, list: [{ token: "abc" }] },
      }),
    );

    expect(found).to.deep.equal([
      "shop: container shop, variable DD_API_KEY holds a secret in the clear.",
      "shop: container shop, argument password holds a secret in the clear.",
      "shop: container shop, argument token holds a secret in the clear.",
      "shop: container shop, argument 3 holds a secret in the clear.",
      "shop: annotation note holds a secret in the clear.",
      "settings: data db-password holds a secret in the clear.",
      "datadog: value datadog.apiKey holds a secret in the clear.",
      "datadog: value list[0].token holds a secret in the clear.",
    ]);
  });

  for (const name of [
    "CLIENT_SECRET",
    "JWT_SECRET",
    "AWS_SECRET",
    "DB_PASS",
    "MYSQL_PWD",
    "PASSPHRASE",
    "ENCRYPTION_KEY",
    "dbPassword",
    "apikey",
  ]) {
    it(`are known by the name ${name}, digits or not`, () => {
      const holding = (value: string) => problems(deployment({ env: [{ name, value }] }));
      const found = [`shop: container shop, variable ${name} holds a secret in the clear.`];

      expect(holding("hunter2")).to.deep.equal(found);
      expect(holding("123456")).to.deep.equal(found);
      expect(holding("")).to.deep.equal([]);
    });
  }

  it("are found in arguments of every form, and only long options are named", () => {
    const found = problems(
      deployment({
        command: ["sh", "-c", "DB_PASSWORD=hunter2 exec run"],
        args: ["--client-secret=hunter2", "-token", "hunter2", "-password=hunter2"],
      }),
      deployment({ command: ["/usr/bin/mysqladmin", "-pMyPassword123", "ping"] }),
      deployment({ args: ["--token", "--verbose", "-pMyPassword123", "ping"] }),
    );

    expect(found).to.deep.equal([
      "shop: container shop, argument 2 holds a secret in the clear.",
      "shop: container shop, argument client-secret holds a secret in the clear.",
      "shop: container shop, argument 5 holds a secret in the clear.",
      "shop: container shop, argument 6 holds a secret in the clear.",
      "shop: container shop, argument 1 holds a secret in the clear.",
    ]);
  });

  it("are found in what the kubelet runs and asks", () => {
    const found = problems(
      deployment({
        livenessProbe: { exec: { command: ["mysqladmin", "--password=hunter2"] } },
        readinessProbe: {
          httpGet: { httpHeaders: [{ name: "Authorization", value: "Bearer hunter2" }] },
        },
        lifecycle: { preStop: { exec: { command: ["sh", "-c", "TOKEN=hunter2 bye"] } } },
      }),
    );

    expect(found).to.deep.equal([
      "shop: container shop, livenessProbe, argument password holds a secret in the clear.",
      "shop: container shop, readinessProbe httpHeaders[0].value holds a secret in the clear.",
      "shop: container shop, lifecycle.preStop, argument 2 holds a secret in the clear.",
    ]);
  });

  it("are found in files, line by line, whatever the format", () => {
    const data = {
      "password.txt": "hunter2",
      "application.properties": "server.port=80\nspring.datasource.password=hunter2\n",
      "config.yaml": "db:\n  user: shop\n  password: hunter2\n",
      "config.json": '{"db": {"user": "shop", "apiKey": "hunter2"}}',
      "logstash.conf": 'output { es {\n  password => "hunter2"\n} }',
      "run.sh": "export DB_PASSWORD=hunter2\nexec run",
      "default.env": "DB_PASSWORD=${FROM_VAULT:-hunter2}",
    };
    const found = problems(
      resource("kubernetes:core/v1:ConfigMap", "m", {
        data,
        binaryData: { password: "aHVudGVyMg==", "b.env": "VE9LRU49aHVudGVyMg==" },
      }),
    );

    expect(found).to.deep.equal([
      "m: data password.txt holds a secret in the clear.",
      "m: data application.properties, line 2 holds a secret in the clear.",
      "m: data config.yaml, line 3 holds a secret in the clear.",
      "m: data config.json holds a secret in the clear.",
      "m: data logstash.conf, line 2 holds a secret in the clear.",
      "m: data run.sh, line 1 holds a secret in the clear.",
      "m: data default.env holds a secret in the clear.",
      "m: binaryData password holds a secret in the clear.",
      "m: binaryData b.env holds a secret in the clear.",
    ]);
  });

  it("are found in Helm's values, lists of variables and the repository", () => {
    const found = problems(
      resource("kubernetes:helm.sh/v3:Release", "r", {
        chart: "shop",
        repositoryOpts: { repo: "https://charts.example.com", password: "hunter2" },
        values: {
          clientSecret: "hunter2",
          oauth: { secret: "hunter2", token: { value: "hunter2" } },
          env: [{ name: "DB_PASSWORD", value: "hunter2" }],
        },
      }),
    );

    expect(found).to.deep.equal([
      "r: value clientSecret holds a secret in the clear.",
      "r: value oauth.secret holds a secret in the clear.",
      "r: value oauth.token.value holds a secret in the clear.",
      "r: value env[0].value holds a secret in the clear.",
      "r: option repositoryOpts.password holds a secret in the clear.",
    ]);
  });

  it("are found beside what is not known yet", () => {
    const variables = [
      { name: "URL", value: UNKNOWN },
      { name: "DB_PASS", value: "hunter2" },
    ];

    expect(problems(deployment({ env: variables, args: UNKNOWN }, UNKNOWN as never))).to.deep.equal(
      [
        "shop: undecided: metadata.annotations is not known before the update.",
        "shop: undecided: value is not known before the update.",
        "shop: container shop, variable DB_PASS holds a secret in the clear.",
        "shop: undecided: args is not known before the update.",
      ],
    );
  });

  it("are masked where they are a name themselves", () => {
    const found = problems(
      deployment({ env: [{ name: secret, value: secret }], args: [`--${secret}=${secret}`] }),
      deployment({}, { [secret]: secret }),
    );

    expect(found).to.deep.equal([
      "shop: container shop, variable … holds a secret in the clear.",
      "shop: container shop, argument … holds a secret in the clear.",
      "shop: annotation … holds a secret in the clear.",
    ]);
  });

  it("never stand in a message, whatever surrounds them", () => {
    const words = ["password", "apiKey", "token", "note", "data", "value", "name", secret];
    const word = fc.constantFrom(...words);
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.constant(secret),
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(word, tie("tree"), { maxKeys: 3 }),
      ),
    }));
    const own = rules.filter(({ name }) => name.includes("secret"));

    fc.assert(
      fc.property(tree, tree, (values, annotations) => {
        const resources = [
          resource("kubernetes:helm.sh/v3:Release", "datadog", { chart: "datadog", values }),
          deployment({ env: [values], args: [values], livenessProbe: values }, { annotations }),
          resource("kubernetes:core/v1:ConfigMap", "c", { data: values, binaryData: values }),
        ];
        const text = JSON.stringify(evaluateAll(own, { name: "sandbox", resources }));
        expect(text).to.not.contain(secret);
      }),
      { numRuns: 500 },
    );
  });
});
