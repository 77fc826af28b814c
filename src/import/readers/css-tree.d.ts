/** The parser alone: the package's root brings the data of every property with it. */
declare module "css-tree/parser" {
  import type { CssNode, ParseOptions } from "css-tree";

  const parse: (text: string, options?: ParseOptions) => CssNode;
  // biome-ignore lint/style/noDefaultExport: so the package has it
  export default parse;
}
