import "pdfmake";

/** What @types/pdfmake leaves out: the file system that fonts are read from. */
declare module "pdfmake" {
  export const virtualfs: { writeFileSync(name: string, content: Uint8Array): void };
}
