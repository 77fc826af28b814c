/** Breaks within a paragraph: spaces, or the ends of paragraphs that a web page had. */

/** A paragraph that begins like a heading. */
const NUMBERED = /^(?:[一二三四五六七八九十]{1,5}、|[（(][一二三四五六七八九十\d]{1,5}[）)]|\d{1,2}[.．、])/u;
const beginsLikeHeading = (line: string): boolean => NUMBERED.test(line.slice(0, 200).trimStart());
const endsSentence = (line: string): boolean => /[。！？：；]$/u.test(line.trimEnd().slice(-1));

/**
 * A text with breaks as its paragraphs. Text that comes from web pages has breaks where paragraphs should be: one that
 * follows the end of a sentence or comes before a heading's number is taken for such, any other for a space.
 */
export function paragraphsOf(text: string): string[] {
  const paragraphs: string[] = [];
  let open: string[] = [];
  let [filled, heading, ends] = [false, false, false];
  const close = (): void => {
    if (filled) paragraphs.push(open.join(" "));
    open = [];
  };
  for (const line of text.split("\n")) {
    const begins = beginsLikeHeading(line);
    if (open.length > 0 && (!filled || begins || heading || ends)) close();
    const first = open.length === 0;
    const blank = line.trim() === "";
    if (first) [filled, heading, ends] = [false, begins, false];
    if (!blank || first) open.push(line);
    if (!blank) [filled, ends] = [true, endsSentence(line)];
  }
  close();
  return paragraphs;
}
