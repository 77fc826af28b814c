/** The codes of number formats (ISO/IEC 29500-1, 18.8.31), as far as a form's figures need them. */

/** What one section of a code does with a number. */
export interface FormatSection {
  readonly kind: "general" | "date" | "number" | "words";
  readonly condition: { readonly operator: string; readonly value: number } | undefined;
  /** Literals before and behind the digits; of a section without digits, all of it. */
  readonly before: string;
  readonly behind: string;
  /** Literals between the digits. */
  readonly within: string;
  readonly decimals: number;
  /** By how many thousands the number is divided. */
  readonly thousands: number;
  readonly percent: boolean;
  readonly fraction: boolean;
  readonly exponent: boolean;
  /** Whether the cell's text is shown. */
  readonly text: boolean;
}

type Token = { readonly kind: "literal" | "digit" | "point" | "comma" | "other"; readonly text: string };

/** Longer codes are none that a program writes. */
const LONGEST = 255;

/** The length of what one character of a code begins: a quoted text, brackets, an escape. */
function lengthAt(code: string, at: number): number {
  const character = code[at]!;
  const end = character === '"' ? code.indexOf('"', at + 1) : character === "[" ? code.indexOf("]", at + 1) : -1;
  if (end > at) return end - at + 1;
  return /[\\!_*]/.test(character) ? 2 : 1;
}

/** The parts of a code, cut at the semicolons outside of quotes and brackets. */
function sectionsOf(code: string): string[][] {
  const sections: string[][] = [[]];
  for (let at = 0; at < code.length; ) {
    const part = code.slice(at, at + lengthAt(code, at));
    at += part.length;
    if (part === ";") sections.push([]);
    else sections.at(-1)!.push(part);
  }
  return sections;
}

function bracketed(part: string, section: Draft): Token | undefined {
  const inner = part.slice(1, -1);
  const condition = /^(<=|>=|<>|=|<|>)(-?\d+(?:\.\d+)?)$/.exec(inner);
  if (condition) section.condition = { operator: condition[1]!, value: Number(condition[2]) };
  if (/^(?:h+|m+|s+)$/i.test(inner)) section.date = true;
  const dash = inner.indexOf("-");
  return inner.startsWith("$") ? { kind: "literal", text: inner.slice(1, dash < 0 ? undefined : dash) } : undefined;
}

interface Draft {
  condition: FormatSection["condition"];
  date: boolean;
  general: boolean;
  percent: boolean;
  fraction: boolean;
  exponent: boolean;
  text: boolean;
}

function tokenOf(part: string, draft: Draft, before: Token | undefined): Token | undefined {
  const [first] = part;
  if (first === '"') return { kind: "literal", text: part.length > 1 ? part.slice(1, -1) : "" };
  if ((first === "\\" || first === "!") && part.length === 2) return { kind: "literal", text: part[1]! };
  if (first === "_" || first === "*") return undefined;
  if (first === "[" && part.length > 1) return bracketed(part, draft);
  if (/[0#?]/.test(part)) return { kind: "digit", text: part };
  if (part === ".") return { kind: "point", text: part };
  if (part === ",") return { kind: "comma", text: part };
  if (part === "%") draft.percent = true;
  else if (part === "@") {
    draft.text = true;
    return { kind: "other", text: "@" };
  } else if (part === "/" && before?.kind === "digit") draft.fraction = true;
  else if (/[eE]/.test(part) && before && before.kind !== "literal" && !draft.date) draft.exponent = true;
  else if (/[ymdhsaeg年月日]/iu.test(part)) draft.date = true;
  else if (!/[+-]/.test(part) || !draft.exponent) return { kind: "literal", text: part };
  return { kind: "other", text: "" };
}

/** Reads one section. */
function sectionOf(parts: readonly string[]): FormatSection {
  const draft: Draft = {
    condition: undefined,
    date: false,
    general: false,
    percent: false,
    fraction: false,
    exponent: false,
    text: false,
  };
  const whole = parts.join("");
  const general = /general|g\/通用格式/i.exec(whole);
  const rest = general ? sectionsOf(whole.replace(general[0], "@"))[0]! : parts;
  const tokens: Token[] = [];
  for (const part of rest) {
    const token = tokenOf(part, draft, tokens.at(-1));
    if (token) tokens.push(token);
  }
  const first = tokens.findIndex(({ kind }) => kind === "digit");
  const last = tokens.findLastIndex(({ kind }) => kind === "digit");
  // Where there are no digits, the cell's own text stands at the @.
  const own = tokens.findIndex(({ kind, text }) => kind === "other" && text === "@");
  const [left, right] = first >= 0 ? [first, last + 1] : own >= 0 ? [own, own] : [tokens.length, tokens.length];
  const textOf = (from: number, to: number): string =>
    tokens
      .slice(from, to)
      .map(({ kind, text }) => (kind === "literal" ? text : ""))
      .join("");
  const point = tokens.findIndex(({ kind }) => kind === "point");
  const scale = tokens.filter(({ kind }, i) => kind === "comma" && i > last && first >= 0).length;
  const scaleInside = tokens.filter(
    ({ kind }, i) =>
      kind === "comma" && point > 0 && i < point && !tokens.slice(i, point).some((t) => t.kind === "digit"),
  ).length;
  const numeric = first >= 0 && !(draft.date && !draft.exponent);
  return {
    kind: general ? "general" : numeric ? "number" : draft.date ? "date" : "words",
    condition: draft.condition,
    before: textOf(0, left).trim(),
    behind: textOf(right, tokens.length).trim(),
    within: first < 0 ? "" : textOf(first, last),
    decimals: point < 0 ? 0 : tokens.filter(({ kind }, i) => kind === "digit" && i > point).length,
    thousands: scale + scaleInside,
    percent: draft.percent,
    fraction: draft.fraction,
    exponent: draft.exponent,
    text: draft.text || general !== null,
  };
}

/** The sections of a code; undefined for a code that is none. */
export const formatSections = (code: string): readonly FormatSection[] | undefined =>
  code.length > LONGEST ? undefined : sectionsOf(code).slice(0, 8).map(sectionOf);

const holds = ({ operator, value }: NonNullable<FormatSection["condition"]>, number: number): boolean => {
  switch (operator) {
    case "<":
      return number < value;
    case "<=":
      return number <= value;
    case ">":
      return number > value;
    case ">=":
      return number >= value;
    case "=":
      return number === value;
    default:
      return number !== value;
  }
};

/** The section that a number is shown by, and whether the section itself has to show that it is negative. */
export function sectionFor(
  sections: readonly FormatSection[],
  number: number,
): { readonly section: FormatSection | undefined; readonly signs: boolean } {
  const [first, second, third] = sections;
  if (sections.some(({ condition }) => condition)) {
    const found = sections.slice(0, 3).find(({ condition }) => !condition || holds(condition, number));
    return { section: found, signs: false };
  }
  if (number < 0 && second) return { section: second, signs: true };
  return { section: number === 0 && third ? third : first, signs: false };
}
