import { expect } from "chai";
import { agentClient, problemOf } from "../../../sandbox/agent/client.ts";
import { listen } from "../../../sandbox/http/listener.ts";

describe("what the agent says of itself", () => {
  it("is nothing where all is well", () => {
    expect(problemOf({ missed: 0, refused: 0 })).to.equal(undefined);
  });

  it("is why no logs are sent right now, before anything that is over", () => {
    const problem = "no logs are sent: ENOSPC: no space left on device, write";

    expect(problemOf({ problem, missed: 1 })).to.equal(problem);
  });

  it("counts what was lost", () => {
    expect(problemOf({ missed: 7, refused: 2 })).to.equal(
      "7 lines were removed before they were read; the intake has refused 2 logs",
    );
  });

  it("is asked for over HTTP, and is no answer of something else", async () => {
    const answers = ['{"standIn":"agent","missed":3}', '{"standIn":"shop"}', "no JSON"];
    const server = await listen({
      handle: () => Promise.resolve({ status: 200, body: answers[0] ?? "" }),
      onFault: (error) => expect.fail(String(error)),
    });
    const client = agentClient(`http://127.0.0.1:${server.port}/`);
    const seen: unknown[] = [];
    while (answers.length > 0) {
      seen.push([await client.isReady(), await client.problem()]);
      answers.shift();
    }
    await server.close();

    expect(seen).to.deep.equal([
      [true, "3 lines were removed before they were read"],
      [false, undefined],
      [false, undefined],
    ]);
    expect(await client.isReady()).to.equal(false);
  });
});
