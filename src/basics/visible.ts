/** What would not be seen, or would turn round what stands beside it: controls, format characters, lone surrogates. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** A text of somebody else's as a message shows it: every character can be seen and none does anything. */
export const visible = (text: string): string =>
  text.replace(UNSEEN, (c) => `\\u{${c.codePointAt(0)!.toString(16).padStart(4, "0")}}`);

/** No more than so many characters, and a mark where there were more. */
export const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${[...text.slice(0, 2 * most)].slice(0, most - 1).join("")}…`;
