import { parse } from "csv-parse/sync";
import { codesInPath, isCode } from "../form/uscc.ts";
import { checkRoster } from "../roster/check.ts";
import { divisionOfOrgan } from "../roster/roster.ts";
import { usccCheckCharacter } from "../rules/check-character.ts";
import { OrgansError } from "./problems.ts";

/** An organ that should file. */
export interface ListedOrgan {
  readonly name: string;
  /** 统一社会信用代码. */
  readonly uscc: string;
  /** 行政区划, as the list has it: a name or a code. */
  readonly division?: string;
  /** From a roster: names of before, and from when to when it is there. */
  readonly formerNames?: readonly string[];
  readonly since?: string;
  readonly until?: string;
}

const isSoundCode = (text: string): boolean => isCode(text) && usccCheckCharacter(text.slice(0, 17)) === text[17];

/** A name as it is compared: full-width letters and brackets as half-width ones, no spaces. */
const plain = (name: string): string => name.normalize("NFKC").replace(/\s+/gu, "");

/** The organs that should file, by name and by code. */
export class Organs {
  readonly all: readonly ListedOrgan[];
  readonly #byName: ReadonlyMap<string, ListedOrgan>;
  readonly #byCode: ReadonlyMap<string, ListedOrgan>;

  constructor(all: readonly ListedOrgan[]) {
    this.all = all;
    const named = (names: (organ: ListedOrgan) => readonly string[]) =>
      all.flatMap((organ) => names(organ).map((name) => [plain(name), organ] as const));
    // A name that an organ has now is no other's of before.
    this.#byName = new Map([...named(({ formerNames = [] }) => formerNames), ...named(({ name }) => [name])]);
    this.#byCode = new Map(all.map((organ) => [organ.uscc, organ]));
  }

  named(name: string): ListedOrgan | undefined {
    return this.#byName.get(plain(name));
  }

  coded(uscc: string): ListedOrgan | undefined {
    return this.#byCode.get(uscc);
  }

  /** The organ whose name or code is in a path: the longest name, nearest to the end; 市司法局 is not 某市司法局. */
  in(path: string): ListedOrgan | undefined {
    for (const part of path.split("/").reverse()) {
      const text = plain(part);
      const coded = codesInPath(text)
        .map((code) => this.coded(code))
        .find(Boolean);
      if (coded) return coded;
      let found: { readonly name: string; readonly organ: ListedOrgan } | undefined;
      for (const [name, organ] of this.#byName)
        if (text.includes(name) && name.length > (found?.name.length ?? 0)) found = { name, organ };
      if (found) return found.organ;
    }
    return undefined;
  }
}

const decoded = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // What Excel saves as CSV on a Chinese system.
    return new TextDecoder("gb18030").decode(bytes);
  }
};

/** The organs of a roster. @throws OrgansError with its first error */
function organsOfRoster(text: string, file: string): Organs {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new OrgansError(`名单${file}不是JSON`, `the list ${file} is not JSON`);
  }
  const { roster, findings } = checkRoster(value);
  if (!roster) {
    const [first] = findings.filter(({ level }) => level === "error");
    throw new OrgansError(`名录${file}：${first?.message ?? ""}`, `the roster ${file}: ${first?.messageEn ?? ""}`);
  }
  return new Organs(
    roster.organs.map((organ) => {
      const { name, uscc, formerNames, since, until } = organ;
      return {
        ...{ name, uscc, division: divisionOfOrgan(organ) },
        ...(formerNames ? { formerNames } : {}),
        ...(since === undefined ? {} : { since }),
        ...(until === undefined ? {} : { until }),
      };
    }),
  );
}

/**
 * Reads a list of organs: a roster (JSON), or CSV (UTF-8 or GB18030) with 名称, 统一社会信用代码 and, if known, 行政区划; a
 * first row without a code is a head.
 * @throws OrgansError with the row that is wrong
 */
export function readOrgans(bytes: Uint8Array, file: string): Organs {
  const text = decoded(bytes);
  if (/^\s*\{/.test(text)) return organsOfRoster(text, file);
  let rows: string[][];
  try {
    rows = parse(text, { bom: true, relaxColumnCount: true, skipEmptyLines: true, trim: true });
  } catch (error) {
    throw new OrgansError(
      `名单${file}不是CSV：${(error as Error).message}`,
      `the list ${file} is no CSV: ${(error as Error).message}`,
    );
  }
  const names = new Map<string, string>();
  const codes = new Map<string, string>();
  const organs: ListedOrgan[] = [];
  for (const [i, [name = "", code = "", division = ""]] of rows.entries()) {
    const uscc = code.toUpperCase();
    if (i === 0 && !/\d/.test(uscc)) continue;
    if (name === "" && uscc === "") continue;
    const wrong = (zh: string, en: string): never => {
      throw new OrgansError(`名单${file}第${i + 1}行：${zh}`, `row ${i + 1} of the list ${file}: ${en}`);
    };
    if (name === "") wrong("没有名称", "no name");
    if (!isSoundCode(uscc))
      wrong(
        `“${name}”的统一社会信用代码${uscc === "" ? "没有填" : `${uscc}不对（18位，末位为校验码）`}`,
        `${uscc === "" ? "no code" : `${uscc} is no code`} for ${name}`,
      );
    const [before, beforeName] = [names.get(plain(name)), codes.get(uscc)];
    if (before === uscc) continue;
    if (before) wrong(`“${name}”已有另一个代码${before}`, `${name} has another code already, ${before}`);
    if (beforeName) wrong(`代码${uscc}已是“${beforeName}”的`, `the code ${uscc} is that of ${beforeName} already`);
    names.set(plain(name), uscc);
    codes.set(uscc, name);
    organs.push({ name, uscc, ...(division === "" ? {} : { division }) });
  }
  if (organs.length === 0) throw new OrgansError(`名单${file}里没有机关`, `the list ${file} names no organ`);
  return new Organs(organs);
}
