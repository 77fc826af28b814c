import type { Finding } from "../basics/finding.ts";

/** How a level's number looks, for messages. */
const NUMBERS: Readonly<Record<number, string>> = { 1: "一、", 2: "（一）", 3: "1.", 4: "（1）" };
const nameOf = (level: number): string => NUMBERS[level] ?? `${level}`;

/**
 * No heading is more than one level below the one before it (GB/T 9704—2012, 7.3.3; ISO 14289-1, 7.4.2); stands on a body.
 * @param parameter `under` is the level of the heading that the body stands under
 */
export function check(body: readonly unknown[], { under }: { readonly under: number }): Finding[] {
  const findings: Finding[] = [];
  let before = under;
  for (const [i, item] of body.entries()) {
    const { type, level } = (item ?? {}) as { readonly type?: unknown; readonly level?: unknown };
    if (type !== "heading" || typeof level !== "number") continue;
    if (level > before + 1) {
      const [own, wanted] = [nameOf(level), nameOf(before + 1)];
      findings.push({
        id: "S-LEVEL",
        level: "error",
        message: `标题跳级：“${own}”上面没有“${wanted}”，请改为第${before + 1}级，或先补上“${wanted}”的标题`,
        messageEn: `This heading skips a level: there is no “${wanted}” above “${own}”; make it level ${before + 1}, or put a heading of that level above it`,
        cells: [{ pointer: `/${i}/level`, label: "标题级别", value: level }],
      });
    }
    // One that is wrong is said once: what follows is held against it.
    before = level;
  }
  return findings;
}
