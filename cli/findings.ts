import type { Finding, Level } from "../src/basics/finding.ts";
import { visible } from "../src/basics/visible.ts";
import { say } from "./language.ts";
import { styled } from "./output.ts";

const LEVELS = {
  error: ["错误", "error", "red"],
  warning: ["警告", "warning", "yellow"],
  information: ["提示", "information", "blue"],
} as const satisfies Record<Level, readonly [string, string, string]>;

/** What a level is called, in its colour. */
export function levelName(level: Level, stream: NodeJS.WriteStream = process.stdout): string {
  const [zh, en, colour] = LEVELS[level];
  return styled(colour, say(zh, en), stream);
}

/** A finding as lines: what is wrong, then its cells, or the first so many, by their labels and pointers. */
export function printed(
  finding: Finding,
  stream: NodeJS.WriteStream = process.stdout,
  most = Number.POSITIVE_INFINITY,
): string {
  const rest = finding.cells.length - most;
  const cells = finding.cells
    .slice(0, most)
    .map(
      (c) =>
        `    ${c.of ? say("上年 ", "last year ") : ""}${c.label}${c.value === undefined ? "" : ` = ${visible(String(c.value))}`}  ${styled("dim", c.pointer, stream)}`,
    );
  if (rest > 0) cells.push(`    ${say(`还有${rest}格`, `and ${rest} more`)}`);
  const head = `${levelName(finding.level, stream)} ${styled("bold", finding.id, stream)}`;
  return [`${head}${say("：", ": ")}${visible(say(finding.message, finding.messageEn))}`, ...cells].join("\n");
}

/** How many findings of each level there are, in words; undefined when there are none. */
export function counted(findings: readonly Finding[]): string | undefined {
  const counts = (["error", "warning", "information"] as const).flatMap((level) => {
    const count = findings.filter((f) => f.level === level).length;
    const [zh, en] = LEVELS[level];
    return count === 0
      ? []
      : [say(`${count}处${zh}`, `${count} ${en}${count === 1 || level === "information" ? "" : "s"}`)];
  });
  return counts.length === 0 ? undefined : counts.join(say("、", ", "));
}
