import type { CodeKeywordDefinition } from "ajv";
import * as carry from "./carry.ts";
import * as checkCharacter from "./check-character.ts";
import * as counts from "./counts.ts";
import * as editionYear from "./edition-year.ts";
import { findingKeyword } from "./finding-keyword.ts";
import * as jump from "./jump.ts";
import * as mentions from "./mentions.ts";
import * as personalData from "./personal-data.ts";
import * as plainText from "./plain-text.ts";
import * as relation from "./relation.ts";
import * as signingDate from "./signing-date.ts";
import * as topics from "./topics.ts";
import * as unnumbered from "./unnumbered.ts";

/**
 * The keywords that carry the form's rules inside its JSON Schema. Each keyword's file holds its check alone, which
 * is all that runs where reports are checked; AJV itself stays in the build.
 */
export const vocabulary: readonly CodeKeywordDefinition[] = [
  findingKeyword("x-carry", "object", carry.check, "carry.ts"),
  findingKeyword("x-checkCharacter", "string", checkCharacter.check, "check-character.ts"),
  findingKeyword("x-counts", "object", counts.check, "counts.ts"),
  findingKeyword("x-editionYear", "object", editionYear.check, "edition-year.ts"),
  findingKeyword("x-jump", "object", jump.check, "jump.ts"),
  findingKeyword("x-mentions", "array", mentions.check, "mentions.ts"),
  findingKeyword("x-personalData", ["object", "string"], personalData.check, "personal-data.ts"),
  findingKeyword("x-plainText", "string", plainText.check, "plain-text.ts"),
  findingKeyword("x-relation", "object", relation.check, "relation.ts"),
  findingKeyword("x-signingDate", "object", signingDate.check, "signing-date.ts"),
  findingKeyword("x-topics", "array", topics.check, "topics.ts"),
  findingKeyword("x-unnumbered", "string", unnumbered.check, "unnumbered.ts"),
];
