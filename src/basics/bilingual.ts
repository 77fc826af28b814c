/** A text for people in the two languages: Chinese first, English beside it. */
export type Bilingual = readonly [zh: string, en: string];
