import { expect } from "chai";
import { intakeClient } from "../../../sandbox/agent/intake-client.ts";
import { listen, type Listener } from "../../../sandbox/http/listener.ts";

const log = {
  message: "m",
  status: "info" as const,
  timestamp: 0,
  hostname: "",
  service: "",
  ddsource: "",
  ddtags: "",
};

describe("the agent's sending of logs", () => {
  let intake: Listener;
  let replies: number[];
  let problems: string[];
  let waits: (string | undefined)[];
  let refused: number;

  beforeEach(async () => {
    problems = [];
    waits = [];
    refused = 0;
    intake = await listen({
      handle: () => Promise.resolve({ status: replies.shift() ?? 202, body: "said" }),
      onFault: (error) => expect.fail(String(error)),
    });
  });

  afterEach(() => intake.close());

  async function send(): Promise<void> {
    const client = intakeClient({
      url: `http://127.0.0.1:${intake.port}/`,
      signal: new AbortController().signal,
      onProblem: (reason) => void problems.push(reason),
      onWait: (reason) => void waits.push(reason),
      onRefused: (logs) => (refused += logs),
    });
    await client.logs({ id: "one", logs: [log, log] });
  }

  for (const status of [429, 500, 503]) {
    it(`tries again after ${status}, and says why logs wait until they are taken`, async () => {
      replies = [status];
      await send();

      expect(problems).to.deep.equal([`logs wait for the intake (${status} said)`]);
      expect(waits).to.deep.equal([`${status} said`, undefined]);
      expect(refused).to.equal(0);
    });
  }

  for (const status of [400, 401, 403, 413]) {
    it(`drops a batch on ${status}, as the Agent does, and counts its logs`, async () => {
      replies = [status, status];
      await send();

      expect(problems).to.deep.equal([`2 logs are lost: the intake refuses them (${status} said)`]);
      expect(refused).to.equal(2);
      expect(replies).to.have.length(1);
    });
  }
});
