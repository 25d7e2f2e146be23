import { expect } from "chai";
import { ownFilter } from "../../../../../sandbox/datadog/logs/grok/filters.ts";
import { parseReference } from "../../../../../sandbox/datadog/logs/grok/reference.ts";

/** What a filter, as a rule writes it, makes of a text. */
const filtered = (written: string, text: string): unknown => {
  const { filter } = parseReference(`%{data:x:${written}}`) ?? expect.fail(written);
  const own = filter && ownFilter(filter);
  return own === undefined ? "VRL's" : own(text);
};

describe("the filters of grok", () => {
  for (const [written, text, expected] of [
    ["keyvalue", "a=1 b=x, c=1.5;d=true e=null f=", { a: 1, b: "x", c: 1.5, d: true }],
    ["keyvalue", 'at=info msg="two words" <k>=<v w>', { at: "info", msg: "two words", k: "v w" }],
    ["keyvalue", "before [a=1] (b=2)\nc=3", { a: 1, b: 2, c: 3 }],
    ["keyvalue", "a=07 b=08 a=9", { a: [7, 9], b: "08" }],
    ["keyvalue", "__proto__=1", JSON.parse('{"__proto__":1}')],
    ['keyvalue(": ")', "Rows: 72\nTime: 0.5", { Rows: 72, Time: 0.5 }],
    ['keyvalue("=","/:")', "url=http://a/b c", { url: "http://a/b" }],
    ['keyvalue("=","","","|")', "a=1|b=2", { a: 1, b: 2 }],
    ['keyvalue(":=","","<>")', "a:=<b c>", { a: "b c" }],
    ["array", "[a,b]", ["a", "b"]],
    ["array", "a,b", undefined],
    ['array(",")', "a,b", ["a", "b"]],
    ['array("{}","|")', "{a|b}", ["a", "b"]],
    ['array("","\\\\n")', "a\nb", ["a", "b"]],
    ['array("[]",",",integer)', "[1,2,x]", [1, 2, "x"]],
    ["array", "[]", []],
    ['nullIf("-")', "-", undefined],
    ['nullIf("-")', "x", "x"],
    ["querystring", "?a=1&b=x&a=2", { a: ["1", "2"], b: "x" }],
    ["decodeuricomponent", "%7Ba%7D", "{a}"],
    ["decodeuricomponent", "%zz", "%zz"],
    ['csv("user,age,note")', 'Ada,36,"a, b"', { user: "Ada", age: 36, note: "a, b" }],
    ['csv("a,b","tab")', "1\t", { a: 1 }],
    ["rubyhash", '{:a=>1, "b" => nil, :c=>["x:y"]}', { a: 1, b: null, c: ["x:y"] }],
    ["rubyhash", "{:a=>", undefined],
    ["json", "{}", "VRL's"],
  ] as const) {
    it(`${written} makes ${JSON.stringify(expected)} of ${JSON.stringify(text)}`, () => {
      expect(filtered(written, text)).to.deep.equal(expected);
    });
  }

  it("are refused where what they call is not understood", () => {
    expect(() => filtered('array(",", xml)', "a")).to.throw("array(…, xml) is not understood");
  });
});
