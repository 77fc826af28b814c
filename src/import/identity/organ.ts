/** Whose report it is. */

import type { Finding } from "../../basics/finding.ts";
import { remark } from "../findings.ts";
import { bare, tidy } from "../outline/text.ts";
import type { Claim } from "./claims.ts";

export interface OrganClaims {
  /** What the import was asked to take. */
  readonly given?: string | undefined;
  /** What a document of this system states. */
  readonly own?: string | undefined;
  readonly titled?: string | undefined;
  readonly signing?: string | undefined;
  /** The organ in a title that the file gives itself. */
  readonly elsewhere?: string | undefined;
  readonly around?: Claim<string> | undefined;
}

const remarked = (level: Finding["level"], zh: string, en: string): readonly Finding[] => [
  remark("I-ORGAN", level, zh, en, "/organ/name", "机关名称"),
];

/** @returns the organ's name, if it can be determined, and findings on it */
export function organOf({ given, own, titled, signing, elsewhere, around }: OrganClaims): {
  readonly organ?: string;
  readonly findings: readonly Finding[];
} {
  // A title has the place alone where the signature has the organ: 杭州市 of 杭州市人民政府.
  const longer = titled && signing && bare(signing).startsWith(bare(titled)) ? signing : undefined;
  const inside = longer ?? titled ?? signing ?? elsewhere ?? around?.value;
  const filed = own ?? (inside === undefined ? undefined : tidy(inside));
  const organ = given ?? filed;
  if (organ === undefined) return { findings: remarked("error", "没有找到机关名称", "The organ's name was not found") };
  if (given !== undefined) {
    const same = filed === undefined || bare(filed) === bare(given);
    const zh = `文件里的机关名称是“${filed}”，按指定取“${organ}”`;
    return {
      organ,
      findings: same ? [] : remarked("warning", zh, `The file names “${filed}”; “${organ}” was taken as told`),
    };
  }
  if (titled && signing)
    return {
      organ,
      findings:
        bare(titled) === bare(signing)
          ? []
          : remarked(
              "warning",
              `标题里的机关是“${titled}”，落款是“${signing}”，取“${organ}”`,
              `The title names “${titled}” and the signature “${signing}”; “${organ}” was taken`,
            ),
    };
  if (own !== undefined || titled) return { organ, findings: [] };
  if (signing)
    return {
      organ,
      findings: remarked(
        "warning",
        `标题里没有机关名称，按落款取“${organ}”`,
        `The title names no organ; “${organ}” was taken from the signature`,
      ),
    };
  if (elsewhere !== undefined || !around) return { organ, findings: [] };
  return {
    organ,
    findings: remarked(
      "warning",
      `标题和落款里没有机关名称，按${around.zh}取“${organ}”，请核对`,
      `Neither title nor signature names the organ; “${organ}” was taken from ${around.en}`,
    ),
  };
}
