const DIGITS = "零一二三四五六七八九";

/** 1–9999 in Chinese numerals as headings have them: 一, 十, 十一, 二十, 一百零一. */
export function chineseNumeral(value: number): string {
  if (!Number.isInteger(value) || value < 1 || value > 9999) throw new RangeError(`no heading number for ${value}`);
  let text = "";
  let gap = false;
  for (const [unit, name] of [
    [1000, "千"],
    [100, "百"],
    [10, "十"],
    [1, ""],
  ] as const) {
    const digit = Math.floor(value / unit) % 10;
    if (digit === 0) {
      gap = text !== "";
      continue;
    }
    text += `${gap ? "零" : ""}${digit === 1 && unit === 10 && text === "" ? "" : DIGITS[digit]}${name}`;
    gap = false;
  }
  return text;
}

/** An ISO date as the 成文日期 has it, Arabic numerals without leading zeros (GB/T 9704—2012, 7.3.5.4): 2021年1月26日. */
export function signatureDate(iso: string): string {
  const [year, month, day] = iso.split("-").map(Number);
  return `${year}年${month}月${day}日`;
}
