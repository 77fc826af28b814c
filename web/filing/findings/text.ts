import type { Finding } from "../../../src/basics/finding.ts";
import { messageOf } from "../i18n.ts";
import { t } from "../texts.ts";

/** A finding in words; of what is missing its name alone, where an API's answer gives its JSON Pointer as well. */
export const findingText = (finding: Finding): string =>
  finding.id === "S-REQUIRED" ? t("missingField", { label: finding.cells[0]?.label ?? "" }) : messageOf(finding);
