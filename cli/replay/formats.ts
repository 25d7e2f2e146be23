import { type Backtested, courseOf } from "../../simulation/history/backtest.ts";
import { escapeCell, escapeHtml } from "../incident/report/escape.ts";

/** A case for each monitor, which fails where it does something else. */
export function junitText(tried: readonly Backtested[], changed: readonly string[]): string {
  const problemOf = ({ name, why }: Backtested): string | undefined =>
    why ?? changed.find((line) => line.startsWith(`${name}: `));
  const cases = tried.map((one) => {
    const problem = problemOf(one);
    const body =
      problem === undefined ? "/>" : `><failure message="${escapeHtml(problem)}"/></testcase>`;
    return `  <testcase classname="replay" name="${escapeHtml(one.name)}"${body}`;
  });
  const gone = changed
    .filter((line) => tried.every(({ name }) => !line.startsWith(`${name}: `)))
    .map(
      (line) =>
        `  <testcase classname="replay" name="${escapeHtml(line.split(": ")[0] ?? "")}">` +
        `<failure message="${escapeHtml(line)}"/></testcase>`,
    );
  const all = [...cases, ...gone];
  const failures = all.filter((text) => text.includes("<failure")).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="replay" tests="${all.length}" failures="${failures}">`,
    ...all,
    "</testsuite>",
    "",
  ].join("\n");
}

/** A table for a pull request. */
export function markdownText(tried: readonly Backtested[], changed: readonly string[]): string {
  return [
    "| monitor | states |",
    "| --- | --- |",
    ...tried.map((one) => `| ${escapeCell(one.name)} | ${escapeCell(courseOf(one))} |`),
    "",
    ...(changed.length === 0
      ? ["No monitor does something else."]
      : changed.map((line) => `- ${escapeCell(line)}`)),
    "",
  ].join("\n");
}
