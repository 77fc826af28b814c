/**
 * What writes the file, as its Producer (ISO 32000-1, 14.3.3): pdfkit's document through pdfmake's subclass of it. Pinned
 * exactly, since private members of both are overridden; tests/render/pdf/contract.test.ts holds them together.
 */
export const PRODUCER = "pdfkit 0.19.1 (pdfmake 0.3.11)";
