import type { DocumentMetadata } from "../content.ts";
import { PRODUCER } from "./producer.ts";

/** What the file is checked by when its data are taken out again: SHA-256, hex. */
export interface Checksums {
  /** Of the attached source. */
  readonly source: string;
  /** Of the text of all pages, blanks left out, each page ended by a line feed. */
  readonly pages: string;
}

const NAMESPACE = "urn:nianbao:metadata:1";

const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const list = (kind: "Seq" | "Bag", items: readonly string[]): string =>
  `<rdf:${kind}>${items.map((item) => `<rdf:li>${escapeXml(item)}</rdf:li>`).join("")}</rdf:${kind}>`;
const text = (value: string): string => `<rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(value)}</rdf:li></rdf:Alt>`;
const property = (name: string, type: "Text" | "Integer", description: string): string =>
  `<rdf:li rdf:parseType="Resource"><pdfaProperty:name>${name}</pdfaProperty:name><pdfaProperty:valueType>${type}</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>${description}</pdfaProperty:description></rdf:li>`;
const schema = (prefix: string, name: string, namespace: string, ...properties: readonly string[]): string =>
  `<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>${name}</pdfaSchema:schema><pdfaSchema:namespaceURI>${namespace}</pdfaSchema:namespaceURI><pdfaSchema:prefix>${prefix}</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>${properties.join("")}</rdf:Seq></pdfaSchema:property></rdf:li>`;
/** ISO 14289-1, 5: what a file says that claims it. */
const UA = "http://www.aiim.org/pdfua/ns/id/";

/** The schemas that ISO 19005-3 does not know, described as 6.6.2.3.3 demands. */
const schemas = (accessible: boolean): string =>
  [
    schema(
      "nianbao",
      "nianbao",
      NAMESPACE,
      property("sourceSha256", "Text", "SHA-256 of the attached source"),
      property("pagesSha256", "Text", "SHA-256 of the text of the pages"),
    ),
    accessible
      ? schema("pdfuaid", "PDF/UA identification", UA, property("part", "Integer", "Part of ISO 14289 that is met"))
      : "",
  ].join("");

/**
 * The XMP packet (ISO 16684-1) of a PDF/A-3a file (ISO 19005-3, 6.6.2).
 * @param accessible whether PDF/UA-1 is claimed too
 */
export function xmp(metadata: DocumentMetadata, checksums: Checksums, program: string, accessible: boolean): string {
  const date = `${metadata.date}T00:00:00+08:00`;
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:nianbao="${NAMESPACE}"${accessible ? ` xmlns:pdfuaid="${UA}"` : ""}>
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>${accessible ? "<pdfuaid:part>1</pdfuaid:part>" : ""}
<dc:format>application/pdf</dc:format><dc:identifier>${escapeXml(metadata.identifier)}</dc:identifier>
<dc:title>${text(metadata.title)}</dc:title><dc:description>${text(metadata.subject)}</dc:description>
<dc:creator>${list("Seq", [metadata.author])}</dc:creator><dc:language>${list("Bag", ["zh-CN"])}</dc:language>
<dc:subject>${list("Bag", metadata.keywords)}</dc:subject>
<xmp:CreateDate>${date}</xmp:CreateDate><xmp:ModifyDate>${date}</xmp:ModifyDate><xmp:MetadataDate>${date}</xmp:MetadataDate>
<xmp:CreatorTool>${escapeXml(program)}</xmp:CreatorTool>
<pdf:Producer>${PRODUCER}</pdf:Producer><pdf:Keywords>${escapeXml(metadata.keywords.join(", "))}</pdf:Keywords>
<nianbao:sourceSha256>${checksums.source}</nianbao:sourceSha256><nianbao:pagesSha256>${checksums.pages}</nianbao:pagesSha256>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag>${schemas(accessible)}</rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`;
}

/** The checksums that a packet holds, or undefined where it is not one of ours. */
export function readChecksums(packet: string): Checksums | undefined {
  const value = (name: string): string | undefined =>
    new RegExp(`<nianbao:${name}>([0-9a-f]{64})</nianbao:${name}>`).exec(packet)?.[1];
  const [source, pages] = [value("sourceSha256"), value("pagesSha256")];
  return source && pages ? { source, pages } : undefined;
}
