import { expect } from "chai";
import { rule } from "../../../components/logs/grok.ts";
import { statusRemapper } from "../../../components/logs/processors.ts";
import {
  pipelineArgs,
  type SpringBootLogPipelineArgs,
} from "../../../components/logs/spring-boot-pipeline.ts";

const argsOf = (changes: Partial<SpringBootLogPipelineArgs> = {}) =>
  pipelineArgs({ title: "t", description: "d", filter: "kube_namespace:n", ...changes });

const springOf = (changes: Partial<SpringBootLogPipelineArgs> = {}) =>
  argsOf(changes).processors.find(({ pipeline }) => pipeline.name === "Spring Boot")?.pipeline ??
  expect.fail("no pipeline");

const namesOf = (changes: Partial<SpringBootLogPipelineArgs> = {}) =>
  springOf(changes).processors.flatMap((one) =>
    Object.values<{ readonly name: string }>(one).map(({ name }) => name),
  );

describe("a Spring Boot pipeline of another stack", () => {
  it("needs a filter, and takes every log of the source in it", () => {
    expect(argsOf().filters).to.deep.equal([{ query: "kube_namespace:n" }]);
    expect(springOf().filters).to.deep.equal([{ query: "source:spring-boot" }]);
    expect(argsOf().processors.map(({ pipeline }) => pipeline.name)).to.deep.equal([
      "Spring Boot JSON",
      "Java runtime",
      "Spring Boot",
    ]);
  });

  it("takes the named services alone", () => {
    expect(springOf({ services: ["a", "b"] }).filters).to.deep.equal([
      { query: "source:spring-boot service:(a OR b)" },
    ]);
  });

  it("reads the lines in UTC unless another zone is named", () => {
    expect(JSON.stringify(springOf())).to.include('HH:mm:ss.SSS\\",\\"UTC\\")');
    expect(JSON.stringify(springOf({ timeZone: "Asia/Kolkata" }))).to.include("Asia/Kolkata");
  });

  it("has its own rules before time, status and message are taken from what was found", () => {
    const extraRules = [rule("stock", "Stock is %{integer:stock}")];

    expect(namesOf({ extraRules })).to.deep.equal([
      "console line",
      "stack trace",
      "exception",
      "level of lines that state none",
      "logger of lines that name none",
      "searchable trace",
      "trace",
      "extra rules",
      "time",
      "status",
      "message",
    ]);
    expect(namesOf()).not.to.include("extra rules");
  });

  it("holds 20 processors and no more", () => {
    const extra = (count: number) =>
      Array.from({ length: count }, (_, index) => statusRemapper(`s${index}`, "level"));

    expect(namesOf({ extraProcessors: extra(10) })).to.have.length(20);
    expect(() => argsOf({ extraProcessors: extra(11) })).to.throw(
      'pipeline "Spring Boot": has 21 processors, 20 are allowed',
    );
  });
});
