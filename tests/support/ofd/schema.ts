/** The content models of GB/T 33190—2016, as far as a report's file uses them: own words for what its XSDs demand. */
import type { Node } from "./parts.ts";

interface Model {
  /** The clause that describes it. */
  readonly clause: string;
  /** Names of attributes with their types; `!` after those that must be there. */
  readonly attributes?: string;
  /** Its children in their order: `?` at most one, `+` one or more, `*` any number; `|` in brackets is either. */
  readonly children?: string;
  /** The type of its text, where it has one. */
  readonly text?: keyof typeof TYPES;
}

const NUMBER = "-?\\d+(?:\\.\\d+)?";
const TYPES = {
  id: /^[1-9]\d*$/,
  name: /^[A-Za-z_][\w.-]*$/,
  int: /^-?\d+$/,
  number: new RegExp(`^${NUMBER}$`),
  box: new RegExp(`^${NUMBER} ${NUMBER} ${NUMBER} ${NUMBER}$`),
  matrix: new RegExp(`^${NUMBER}(?: ${NUMBER}){5}$`),
  distances: new RegExp(`^(?:g [1-9]\\d* )?${NUMBER}(?: (?:g [1-9]\\d* )?${NUMBER})*$`),
  path: new RegExp(`^M ${NUMBER} ${NUMBER} L ${NUMBER} ${NUMBER}(?: M ${NUMBER} ${NUMBER} L ${NUMBER} ${NUMBER})*$`),
  color: /^\d{1,3} \d{1,3} \d{1,3}$/,
  bool: /^(?:true|false)$/,
  loc: /^[\w./-]+$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  time: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/,
  words: /\S/,
} as const;

const MODELS: Readonly<Record<string, Model>> = {
  OFD: { clause: "7.4", attributes: "Version:number! DocType:words!", children: "DocBody+" },
  DocBody: { clause: "7.4", children: "DocInfo DocRoot Versions? Signatures?" },
  DocInfo: {
    clause: "7.4",
    children:
      "DocID Title? Author? Subject? Abstract? CreationDate? ModDate? DocUsage? Cover? Keywords? Creator? CreatorVersion? CustomDatas?",
  },
  DocID: { clause: "7.4", text: "words" },
  Title: { clause: "7.4", text: "words" },
  Author: { clause: "7.4", text: "words" },
  Subject: { clause: "7.4", text: "words" },
  CreationDate: { clause: "7.4", text: "date" },
  ModDate: { clause: "7.4", text: "date" },
  DocUsage: { clause: "7.4", text: "words" },
  Keywords: { clause: "7.4", children: "Keyword+" },
  Keyword: { clause: "7.4", text: "words" },
  Creator: { clause: "7.4", text: "words" },
  CustomDatas: { clause: "7.4", children: "CustomData+" },
  CustomData: { clause: "7.4", attributes: "Name:words!", text: "words" },
  DocRoot: { clause: "7.4", text: "loc" },
  Document: {
    clause: "7.5",
    children:
      "CommonData Pages Outlines? Permissions? Actions? VPreferences? Bookmarks? Annotations? CustomTags? Attachments? Extensions?",
  },
  CommonData: { clause: "7.5", children: "MaxUnitID PageArea PublicRes* DocumentRes* TemplatePage* DefaultCS?" },
  MaxUnitID: { clause: "7.5", text: "id" },
  PageArea: { clause: "7.5", children: "PhysicalBox ApplicationBox? ContentBox? BleedBox?" },
  PhysicalBox: { clause: "7.5", text: "box" },
  PublicRes: { clause: "7.5", text: "loc" },
  DocumentRes: { clause: "7.5", text: "loc" },
  DefaultCS: { clause: "7.5", text: "id" },
  VPreferences: {
    clause: "7.5",
    children: "PageMode? PageLayout? TabDisplay? HideToolbar? HideMenubar? HideWindowUI? (ZoomMode|Zoom)?",
  },
  PageMode: { clause: "7.5", text: "words" },
  TabDisplay: { clause: "7.5", text: "words" },
  CustomTags: { clause: "16", children: "CustomTag*" },
  CustomTag: { clause: "16", attributes: "NameSpace:words!", children: "SchemaLoc? FileLoc" },
  FileLoc: { clause: "16", text: "loc" },
  Attachments: { clause: "20.1", children: "Attachment*" },
  Attachment: {
    clause: "20.2",
    attributes: "ID:name! Name:words! Format:words CreationDate:time ModDate:time Size:number Visible:bool Usage:words",
    children: "FileLoc",
  },
  Pages: { clause: "7.6", children: "Page+" },
  Outlines: { clause: "7.8", children: "OutlineElem+" },
  OutlineElem: {
    clause: "7.8",
    attributes: "Title:words! Count:int Expanded:bool",
    children: "Actions? OutlineElem*",
  },
  Actions: { clause: "14.1", children: "Action+" },
  Action: { clause: "14.1", attributes: "Event:words!", children: "Region? (Goto|URI|GotoA|Sound|Movie)" },
  Goto: { clause: "14.2", children: "(Dest|Bookmark)" },
  Dest: {
    clause: "14.2",
    attributes: "Type:words! PageID:id! Left:number Top:number Right:number Bottom:number Zoom:number",
  },
  Page: { clause: "7.7", children: "Template* PageRes* Area? Content? Actions?" },
  Area: { clause: "7.7", children: "PhysicalBox ApplicationBox? ContentBox? BleedBox?" },
  Content: { clause: "7.7", children: "Layer+" },
  Layer: {
    clause: "7.7",
    attributes: "ID:id! Type:words DrawParam:id",
    children: "(TextObject|PathObject|ImageObject|CompositeObject|PageBlock)*",
  },
  Res: {
    clause: "7.9",
    attributes: "BaseLoc:loc!",
    children: "(ColorSpaces|DrawParams|Fonts|MultiMedias|CompositeGraphicUnits)*",
  },
  ColorSpaces: { clause: "7.9", children: "ColorSpace+" },
  ColorSpace: {
    clause: "8.3.1",
    attributes: "ID:id! Type:words! BitsPerComponent:int Profile:loc",
    children: "Palette?",
  },
  Fonts: { clause: "7.9", children: "Font+" },
  Font: {
    clause: "11.1",
    attributes:
      "ID:id! FontName:words! FamilyName:words Charset:words Italic:bool Bold:bool Serif:bool FixedWidth:bool",
    children: "FontFile?",
  },
  FontFile: { clause: "11.1", text: "loc" },
  MultiMedias: { clause: "7.9", children: "MultiMedia+" },
  MultiMedia: { clause: "7.9", attributes: "ID:id! Type:words! Format:words", children: "MediaFile" },
  MediaFile: { clause: "7.9", text: "loc" },
  PathObject: {
    clause: "9.1",
    attributes: "ID:id! Boundary:box! CTM:matrix LineWidth:number Stroke:bool Fill:bool Rule:words Alpha:int",
    children: "Actions? Clips? StrokeColor? FillColor? AbbreviatedData",
  },
  AbbreviatedData: { clause: "9.1", text: "path" },
  ImageObject: {
    clause: "10",
    attributes: "ID:id! Boundary:box! CTM:matrix ResourceID:id! Substitution:id ImageMask:id Alpha:int",
    children: "Actions? Clips? Border?",
  },
  TextObject: {
    clause: "11.2",
    attributes: "ID:id! Boundary:box! CTM:matrix Font:id! Size:number! Stroke:bool Fill:bool HScale:number Alpha:int",
    children: "Actions? Clips? FillColor? StrokeColor? CGTransform* TextCode",
  },
  FillColor: { clause: "8.3.2", attributes: "Value:color ColorSpace:id Alpha:int" },
  TextCode: { clause: "11.3", attributes: "X:number Y:number DeltaX:distances DeltaY:distances", text: "words" },
};

/** Elements of one name that are two things, by what they stand in: what is in a list leads to a part of that name. */
const INSIDE: Readonly<Record<string, Model>> = {
  "Pages/Page": { clause: "7.6", attributes: "ID:id! BaseLoc:loc!" },
  "Document/CustomTags": { clause: "7.5", text: "loc" },
  "Document/Attachments": { clause: "7.5", text: "loc" },
};

const modelOf = (node: Node, parent: Node | undefined): Model | undefined =>
  INSIDE[`${parent?.name}/${node.name}`] ?? MODELS[node.name];

/** Children in an order, as an expression on their names. */
const sequence = (children: string): RegExp => new RegExp(`^${children.replace(/\w+/g, "(?:$&;)").replace(/ /g, "")}$`);

/** What is wrong with the attributes of an element. */
function attributeFaults(node: Node, { attributes = "" }: Model): string[] {
  const known = new Map(
    attributes
      .split(/\s+/)
      .filter(Boolean)
      .map((rule) => {
        const [, name, type, needed] = /^(\w+):(\w+)(!?)$/.exec(rule)!;
        return [name!, { type: type as keyof typeof TYPES, needed: needed === "!" }] as const;
      }),
  );
  return [
    ...[...known].flatMap(([name, { needed }]) => (needed && !(name in node.attributes) ? [`lacks ${name}`] : [])),
    ...Object.entries(node.attributes).flatMap(([name, value]) => {
      if (name.startsWith("xmlns")) return [];
      const rule = known.get(name);
      if (!rule) return [`has no attribute ${name}`];
      return TYPES[rule.type].test(value) ? [] : [`${name} is no ${rule.type}: ${value}`];
    }),
  ];
}

/** What in a part is not as its clause has it, each with the clause; nothing where all is. */
export function faultsOf(node: Node, parent?: Node): string[] {
  const model = modelOf(node, parent);
  if (!model) return [`${node.name}: unknown`];
  const found = attributeFaults(node, model);
  const names = node.children.map(({ name }) => `${name};`).join("");
  if (node.children.some(({ prefix }) => prefix !== "ofd")) found.push("has children of another namespace");
  if (!sequence(model.children ?? "").test(names)) found.push(`has children ${names}`);
  if (model.text ? !TYPES[model.text].test(node.text) : node.text.trim() !== "")
    found.push(`has the text ${node.text}`);
  return [
    ...found.map((fault) => `${model.clause}: ${node.name} ${fault}`),
    ...node.children.flatMap((child) => faultsOf(child, node)),
  ];
}
