import "pdfmake";

// @types/pdfmake leaves out what the library's own server example uses.
declare module "pdfmake" {
  export const virtualfs: { writeFileSync(name: string, content: Uint8Array): void };
}
