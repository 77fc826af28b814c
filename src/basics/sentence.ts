/** A text as the end of a sentence: with one mark that ends it, which may stand inside its quotation marks. */
export const sentence = (text: string): string => (/[。！？…][”’』」）)]*$/u.test(text) ? text : `${text}。`);
