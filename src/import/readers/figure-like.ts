/** Whether a text may be a figure's: digits with what people write beside them, or a mark for nothing. */
export const isFigure = (text: string): boolean =>
  /^[+\-−–—¥￥]?[\d.,／/]+(?:[件项个条次宗份起例部元]|万元?)?$|^(?:[/\\\-−–—]+|无)$/u.test(
    text.normalize("NFKC").trim(),
  );
