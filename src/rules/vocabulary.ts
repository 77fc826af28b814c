import type { CodeKeywordDefinition } from "ajv";
import type { EditionForm } from "../form/form.ts";
import type { RulesAt } from "../form/json-schema.ts";
import type { JsonSchema } from "../form/schema-nodes.ts";
import * as carry from "./carry.ts";
import * as checkCharacter from "./check-character.ts";
import * as closed from "./closed.ts";
import * as counts from "./counts.ts";
import * as editionYear from "./edition-year.ts";
import * as fees from "./fees.ts";
import { findingKeyword } from "./finding-keyword.ts";
import * as frame from "./frame.ts";
import * as government from "./government.ts";
import * as headingLevels from "./heading-levels.ts";
import * as jump from "./jump.ts";
import type { Keyword } from "./keyword.ts";
import * as length from "./length.ts";
import * as mentions from "./mentions.ts";
import * as personalData from "./personal-data.ts";
import * as plainText from "./plain-text.ts";
import * as relation from "./relation.ts";
import * as repeat from "./repeat.ts";
import * as same from "./same.ts";
import * as signingDate from "./signing-date.ts";
import * as template from "./template.ts";
import * as topics from "./topics.ts";
import * as unnumbered from "./unnumbered.ts";
import * as years from "./years.ts";

/** The keywords that check the rules of editions. */
export const keywords: readonly Keyword[] = [
  carry,
  checkCharacter,
  closed,
  counts,
  editionYear,
  fees,
  frame,
  government,
  jump,
  length,
  mentions,
  personalData,
  relation,
  repeat,
  same,
  signingDate,
  template,
  topics,
  years,
].map(({ keyword }) => keyword);

/**
 * The keywords that carry the form's rules inside its JSON Schema. Of a keyword's file, its check is all that runs where
 * reports are checked; AJV itself stays in the build.
 */
export const vocabulary: readonly CodeKeywordDefinition[] = [
  ...keywords.map(({ name, type, check, file }) => findingKeyword(`x-${name}`, type, check, file)),
  findingKeyword("x-headingLevels", "array", headingLevels.check, "heading-levels.ts"),
  findingKeyword("x-plainText", "string", plainText.check, "plain-text.ts"),
  findingKeyword("x-unnumbered", "string", unnumbered.check, "unnumbered.ts"),
];

/** The keywords of the rules of an edition that stand in a place of its schema. */
export const rulesAt: RulesAt = (form: EditionForm, stand): JsonSchema =>
  Object.fromEntries(
    keywords.flatMap(({ name, value }) => {
      const parameter = value(form, stand);
      return parameter === undefined ? [] : [[`x-${name}`, parameter]];
    }),
  );
