import { expect } from "chai";
import {
  providerSettings,
  settingsProblems,
} from "../../../../sandbox/plugins/datadog/provider-settings.ts";
import { retryDelay } from "../../../../sandbox/plugins/datadog/api/retry.ts";
import {
  Secret,
  UNKNOWN,
  type PropertyMap,
} from "../../../../sandbox/plugins/grpc/property-value.ts";

describe("the datadog provider's settings", () => {
  it("keep scheme, host and port of the URL, and reveal the keys", () => {
    const inputs = {
      apiUrl: "http://127.0.0.1:2026/api/",
      apiKey: new Secret("k"),
      appKey: new Secret("a"),
      validate: "false",
      httpClientRetryMaxRetries: "1",
    };

    expect(providerSettings(inputs, {})).to.deep.equal({
      apiUrl: "http://127.0.0.1:2026",
      apiKey: "k",
      appKey: "a",
      validate: false,
      retry: {
        enabled: true,
        maxRetries: 1,
        timeout: 60,
        backoffBase: 2,
        backoffMultiplier: 2,
      },
    });
  });

  it("come from the environment where they are missing, the shorter name first", () => {
    const environment = { DATADOG_API_KEY: "long", DD_API_KEY: "short", DATADOG_HOST: "http://h" };

    const settings = providerSettings({}, environment);

    expect(settings.apiKey).to.equal("short");
    expect(settings.apiUrl).to.equal("http://h");
    expect(settings.validate).to.equal(true);
  });

  it("go to Datadog's first site by default", () => {
    expect(providerSettings({}, {}).apiUrl).to.equal("https://api.datadoghq.com");
  });

  it("have no problem when they are known or not known yet", () => {
    const inputs: PropertyMap = {
      apiUrl: UNKNOWN,
      apiKey: "k",
      validate: "true",
      version: "5.11.0",
    };

    expect(settingsProblems(inputs)).to.deep.equal([]);
  });

  const refused = [
    ["apiUrl", "ftp://x", "must be an http or https URL, got ftp://x"],
    ["validate", "yes", "must be true or false, got yes"],
    ["httpClientRetryMaxRetries", "0", "must be a whole number, 1 or more, got 0"],
    ["httpClientRetryTimeout", "1.5", "must be a whole number, 1 or more, got 1.5"],
    [
      "bearerToken",
      "s3cret",
      "is not known to the stand-in for the datadog plugin: remove it, or use the official one",
    ],
  ] as const;
  for (const [property, value, reason] of refused) {
    it(`refuse ${property} ${value}`, () => {
      expect(settingsProblems({ [property]: value })).to.deep.equal([{ property, reason }]);
    });
  }
});

describe("retryDelay", () => {
  const settings = {
    enabled: true,
    maxRetries: 3,
    timeout: 60,
    backoffBase: 2,
    backoffMultiplier: 2,
  };
  const attempt = { number: 0, status: 503, elapsed: 0, rateLimitReset: null };

  it("doubles the wait up to the last attempt", () => {
    const delays = [0, 1, 2, 3].map((number) => retryDelay({ ...attempt, number }, settings));

    expect(delays).to.deep.equal([2, 4, 8, undefined]);
  });

  it("waits for the rate limit as long as the API says", () => {
    const limited = { ...attempt, status: 429 };

    expect(retryDelay({ ...limited, rateLimitReset: "3" }, settings)).to.equal(3);
    expect(retryDelay(limited, settings)).to.equal(2);
    expect(retryDelay({ ...limited, rateLimitReset: "soon" }, settings)).to.equal(2);
  });

  it("gives up on an answer that will not change", () => {
    expect(retryDelay({ ...attempt, status: 400 }, settings)).to.equal(undefined);
    expect(retryDelay({ ...attempt, status: 499 }, settings)).to.equal(undefined);
    expect(retryDelay({ ...attempt, status: 500 }, settings)).to.equal(2);
  });

  it("stays inside of the time for all attempts", () => {
    expect(retryDelay({ ...attempt, elapsed: 58 }, settings)).to.equal(2);
    expect(retryDelay({ ...attempt, elapsed: 58.1 }, settings)).to.equal(undefined);
    expect(retryDelay(attempt, { ...settings, enabled: false })).to.equal(undefined);
  });
});
