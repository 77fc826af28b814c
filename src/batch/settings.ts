import { WRITTEN } from "../formats/registry.ts";
import type { FileId } from "./journal.ts";

/** What a sound report can be rendered as; its data are kept in any case. */
export const RENDERED = WRITTEN.filter(({ kind }) => kind !== "data");

/** What every process of a run knows. */
export interface Settings {
  /** The program and its version: another one's results are not this one's. */
  readonly program: string;
  /** The folder of prepared fonts. */
  readonly fonts: string;
  /** What tells those fonts from others. */
  readonly fontSet: string;
  /** The folder of results. */
  readonly out: string;
  /** Names of formats. */
  readonly render: readonly string[];
  /** The list of organs as its file has it. */
  readonly organs?: { readonly bytes: Uint8Array; readonly name: string };
}

/** Reads a file and makes a report of it. */
export interface ReadTask {
  readonly step: "read";
  readonly id: FileId;
  /** Where the file is. */
  readonly path: string;
  /** The key of what was made of it before, and whether that was a report. */
  readonly known?: { readonly key: string; readonly made: boolean };
}

/** Checks the report that was made of a file. */
export interface CheckTask {
  readonly step: "check";
  readonly id: FileId;
  readonly key: string;
  /** Whether reading the file found errors: then it is checked and not rendered. */
  readonly lossy: boolean;
  /** Another file of this organ and year with the same report, or others with another one. */
  readonly same?: FileId;
  readonly differs?: readonly FileId[];
  /** Last year's report; several when they differ. */
  readonly previous: readonly FileId[];
}

export type Task = ReadTask | CheckTask;

/** The report that was made of a file, and how (`Account`), in its folder of results. */
export const IMPORTED = "imported.json";
export const ACCOUNT = "account.json";

/** The folder of notices in the folder of results. */
export const NOTICES = "notices";

/** A path of a file as people know it, without its side. */
export const pathOf = (id: FileId): string => id.slice(id.indexOf("/") + 1);
