import { expect } from "chai";
import { RE2JS } from "re2js";
import {
  joinLines,
  singleLines,
  type BeforeFirstMatch,
  type JoinOptions,
} from "../../../sandbox/agent/join-lines.ts";

const start = RE2JS.compile("^[0-9]+\\.");
/** Stands for a second of silence. */
const silence = "(silence)";
type Input = readonly string[];

/** Messages that come at each step of the input, and those of the silence at its end. */
function messages(input: Input, options?: JoinOptions): string[] {
  const joiner = joinLines(start, options);
  return [...input, silence]
    .flatMap((step) =>
      step === silence ? joiner.flush() : joiner.push({ text: step, stream: "stdout", nanos: 0n }),
    )
    .map(({ message }) => message);
}

/** What the Agent's own tests and source say, with inputs of ours. */
const facts: readonly {
  readonly fact: string;
  readonly input: Input;
  readonly sent: readonly string[];
  readonly longest?: number;
  readonly beforeFirstMatch?: BeforeFirstMatch;
}[] = [
  {
    fact: "an event lasts until the next line that matches",
    input: ["1. a", "b", "2. c"],
    sent: ["1. a\\nb", "2. c"],
  },
  {
    fact: "an event ends with a second of silence, and the next line begins another one",
    input: ["1. a", silence, "b", "c", "2. d"],
    sent: ["1. a", "b\\nc", "2. d"],
  },
  {
    fact: "lines before the first match are one event, as any others",
    input: ["a", "b", "1. c", "d"],
    sent: ["a\\nb", "1. c\\nd"],
  },
  {
    fact: "a pattern that never matches joins everything",
    input: ["a", "b", "c"],
    sent: ["a\\nb\\nc"],
  },
  {
    fact: "an Agent since 2026-02 sends lines before the first match one by one",
    input: ["a", "b", "1. c", "d"],
    sent: ["a", "b", "1. c\\nd"],
    beforeFirstMatch: "single",
  },
  {
    fact: "an Agent since 2026-02 joins after the first match, even after a silence",
    input: ["a", "1. b", silence, "c", "d"],
    sent: ["a", "1. b", "c\\nd"],
    beforeFirstMatch: "single",
  },
  {
    fact: "an Agent since 2026-02 joins no line for a pattern that never matches",
    input: ["a", "b"],
    sent: ["a", "b"],
    beforeFirstMatch: "single",
  },
  {
    fact: "an event of exactly the limit is cut, and its rest is marked, too",
    input: ["1. 45678901234567890", "rest", "2. a"],
    sent: ["1. 45678901234567890...TRUNCATED...", "...TRUNCATED...rest", "2. a"],
    longest: 20,
  },
  {
    fact: "an event one byte below the limit is whole",
    input: ["1. 456789", "2. a"],
    sent: ["1. 456789", "2. a"],
    longest: 10,
  },
  {
    fact: "the line feed between lines counts for the limit",
    input: ["1. 4", "678", "2."],
    sent: ["1. 4\\n678", "2."],
    longest: 10,
  },
  {
    fact: "a joined event of exactly the limit is cut",
    input: ["1. 4", "7890", "2."],
    sent: ["1. 4\\n7890...TRUNCATED...", "2."],
    longest: 10,
  },
  {
    fact: "a rest whose mark makes it too long is cut again",
    input: ["1. 45678901234567890", "rest", "end"],
    sent: ["1. 45678901234567890...TRUNCATED...", "...TRUNCATED...rest\\nend...TRUNCATED..."],
    longest: 20,
  },
  {
    fact: "a line that matches after a cut event is no rest",
    input: ["1. 4567890", "2. a"],
    sent: ["1. 4567890...TRUNCATED...", "2. a"],
    longest: 10,
  },
  {
    fact: "bytes count, not characters",
    input: ["1. äää", "2."],
    sent: ["1. äää...TRUNCATED...", "2."],
    longest: 9,
  },
  {
    fact: "an empty line at the start of an event leaves no line feed",
    input: ["", "a"],
    sent: ["a"],
  },
  {
    fact: "an empty line within an event does",
    input: ["1. a", "", "b"],
    sent: ["1. a\\n\\nb"],
  },
];

describe("the Agent's joining of lines", () => {
  for (const { fact, input, sent, ...options } of facts) {
    it(`is followed: ${fact}`, () => {
      expect(messages(input, options)).to.deep.equal(sent);
    });
  }

  it("counts the unfinished lines", () => {
    const joiner = joinLines(start);
    const counts = ["a", "b", "1.", "2."].map((text) => {
      joiner.push({ text, stream: "stdout", nanos: 0n });
      return joiner.unfinished();
    });
    joiner.flush();

    expect([...counts, joiner.unfinished()]).to.deep.equal([1, 2, 1, 1, 0]);
  });

  it("takes time and stream of an event from its last line", () => {
    const joiner = joinLines(start);
    joiner.push({ text: "1. a", stream: "stdout", nanos: 5n });
    joiner.push({ text: "b", stream: "stderr", nanos: 7n });

    expect(joiner.flush()).to.deep.equal([
      { message: "1. a\\nb", status: "error", nanos: 7n, lines: 2 },
    ]);
  });
});

describe("lines without a multi_line rule", () => {
  it("are cut at the limit and marked at both ends", () => {
    const joiner = singleLines(5);
    const sent = ["1234", "12345", "1", "12345", "12345"].flatMap((text) =>
      joiner.push({ text, stream: "stdout", nanos: 0n }),
    );

    expect(sent.map(({ message }) => message)).to.deep.equal([
      "1234",
      "12345...TRUNCATED...",
      "...TRUNCATED...1",
      "12345...TRUNCATED...",
      "...TRUNCATED...12345...TRUNCATED...",
    ]);
  });
});
