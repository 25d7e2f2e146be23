import { expect } from "chai";
import type { Resource } from "../../policies/rule.ts";
import { problemsOf } from "../support/problems.ts";
import { deployment, resource } from "../support/policies/rule-case.ts";

const secret = "c0ffee00c0ffee00c0ffee00c0ffee00";

const problems = (...resources: readonly Resource[]) => problemsOf("no-secret-literals", resources);

describe("what is no secret", () => {
  it("may be declared harmless by name, in files too", () => {
    const resources = [
      deployment({ env: [{ name: "DB_PASSWORD", value: "hunter2" }] }),
      resource("kubernetes:core/v1:ConfigMap", "m", { data: { "x.env": "DB_PASSWORD=hunter2" } }),
    ];
    const harmless = ["DB_PASSWORD"];

    expect(problemsOf("no-secret-literals", resources)).to.have.length(2);
    expect(problemsOf("no-secret-literals", resources, { harmless })).to.deep.equal([]);
  });

  it("is not suspected in references, digests and switches", () => {
    const secretKeyRef = { name: "catalogue-db", key: "root-password" };
    const found = problems(
      deployment({
        env: [
          { name: "DD_API_KEY", valueFrom: { secretKeyRef } },
          { name: "PASSWORD_FILE", value: "/run/secrets/password" },
          { name: "TOKEN_ENABLED", value: "true" },
        ],
        image: `shop@sha256:${"0".repeat(64)}`,
        args: ["--url=http://user-db:27017/users"],
      }),
      resource("kubernetes:helm.sh/v3:Release", "datadog", {
        values: { datadog: { apiKeyExistingSecret: "keys" }, clusterAgent: { token: false } },
      }),
      // a Secret is where they belong
      resource("kubernetes:core/v1:Secret", "keys", { stringData: { "api-key": secret } }),
    );

    expect(found).to.deep.equal([]);
  });

  it("is not suspected in names of Secrets, measures and commits", () => {
    const commit = "0123456789abcdef0123456789abcdef01234567";
    const named = {
      DD_GIT_COMMIT_SHA: commit,
      DD_VERSION: commit,
      DB_PASSWORD: "$(FROM_SECRET)",
      GOOGLE_APPLICATION_CREDENTIALS: "/var/secrets/google/key.json",
      TOKEN_TTL: "3600",
      MAX_TOKENS: "4096",
      TOKEN_ENDPOINT: "https://login.example.com/token",
      PWD: "/app",
      AMQP_URL: "amqp://shop:$(PASSWORD)@rabbitmq:5672/",
      TOKENIZER: "words",
    };
    const found = problems(
      deployment({
        env: Object.entries(named).map(([name, value]) => ({ name, value })),
        command: ["sh", "-c", 'mysqladmin --password="$MYSQL_PASSWORD" -p$PW ping'],
        args: [
          `--source=https://git.example.com/shop/commit/${commit}`,
          "--authorization-mode=RBAC",
        ],
        livenessProbe: { exec: { command: ["mysqladmin", "-p$(PASSWORD)", "ping"] } },
      }),
      deployment({}, { "nginx.ingress.kubernetes.io/auth-secret": "basic-auth" }),
      resource("kubernetes:helm.sh/v3:Release", "r", {
        chart: "shop",
        values: {
          auth: { existingSecret: "db", existingSecretPasswordKey: "root-password" },
          apiKey: "<DATADOG_API_KEY>",
          imagePullSecrets: ["registry"],
          ingress: { tlsSecret: "shop-tls", secretName: "shop-tls" },
          image: { tag: commit },
          redis: { password: "ENC[k8s_secret@shop/redis/password]" },
        },
      }),
    );

    expect(found).to.deep.equal([]);
  });

  it("is not suspected in code, schemas and templates", () => {
    const data = {
      "guard.py": [
        "# what could not be read: the token, for one",
        'token = (self.account / "token").read_text().strip()',
        'request.add_header("Authorization", f"Bearer {token}")',
        "login(token=token, password=args.password)",
        '{"password": uuid.uuid4().hex}',
        "    token: str",
        "if token == other: pass",
      ].join("\n"),
      "envoy.yaml": "token_bucket:\n  max_tokens: 100\n  tokens_per_fill: 10\npass: {}\n",
      "schema.json": '{"password": {"type": "string"}, "token": null, "secret": true}',
      "run.sh": 'TOKEN=$(cat /run/token)\nPASSWORD="$FROM_SECRET"\ncurl -H "Authorization: $TOKEN"',
      "app.yaml": "secretName: db\npassword: ${DB_PASSWORD}\npassword_file: /run/password\n",
      "redis.yaml": "instances:\n  - password: '%%env_REDIS_PASSWORD%%'\n",
      "password-reset.html": "<h1>Choose a new one</h1>",
    };

    expect(problems(resource("kubernetes:core/v1:ConfigMap", "m", { data }))).to.deep.equal([]);
  });
});
