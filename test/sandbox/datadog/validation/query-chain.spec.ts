import { expect } from "chai";
import fc from "fast-check";
import { parseChain } from "../../../../sandbox/datadog/validation/query-chain.ts";

describe("a query chain", () => {
  it("is read into its head, its calls and the rest", () => {
    expect(parseChain('logs("a \\"(b\\"").by("x","y").last("5m") > 3')).to.deep.equal({
      head: "logs",
      headArgument: 'a \\"(b\\"',
      quotedHead: undefined,
      calls: [
        { name: "by", args: '"x","y"' },
        { name: "last", args: '"5m"' },
      ],
      rest: "> 3",
    });
  });

  it("may start with a quoted name", () => {
    const chain = parseChain('"agent.up".over("*")');

    expect(chain).to.deep.include({ head: undefined, quotedHead: "agent.up", rest: "" });
  });

  it("keeps brackets and dots within quotes, and brackets within brackets", () => {
    const text = fc.stringMatching(/^[a-z().,' ]{0,12}$/).map((inner) => JSON.stringify(inner));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), (args) => {
        const query = `f(g(1))${args.map((arg) => `.call(${arg})`).join("")}`;

        expect(parseChain(query)).to.deep.include({
          head: "f",
          calls: args.map((arg) => ({ name: "call", args: arg })),
          rest: "",
        });
      }),
    );
  });

  it("says what does not close, or what is no call", () => {
    expect(parseChain("f(1")).to.equal("the brackets or quotes of f(…) do not close");
    expect(parseChain('f(1).g("x)')).to.equal("the brackets or quotes of g(…) do not close");
    expect(parseChain("f(1).2")).to.equal('a call such as name(…) is expected at "2"');
    expect(parseChain("")).to.equal('a call such as name(…) is expected at ""');
  });
});
