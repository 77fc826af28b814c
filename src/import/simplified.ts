import table from "../../schemas/traditional.json" with { type: "json" };

const CHARACTERS: Readonly<Record<string, string>> = table.characters;
const TRADITIONAL = new RegExp(`[${Object.keys(CHARACTERS).join("")}]`, "gu");

/**
 * A text as the form would write it that is in traditional characters: to be compared with the form's words, never to be
 * kept. As long as the text; characters that the form does not have stay.
 */
export const simplified = (text: string): string => text.replace(TRADITIONAL, (own) => CHARACTERS[own]!);
