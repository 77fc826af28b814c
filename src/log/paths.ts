import type { Place } from "../basics/place.ts";

/** Where the log says which leaf a record is, below the log's own address. */
export const leafPath = ({ uscc, year }: Place, version: number): string => `leaves/${uscc}/${year}/${version}.json`;
/** Where the log says which record published a content first. @param hash SHA-256 (hex) */
export const filePath = (hash: string): string => `files/${hash}.json`;
/** Where a site keeps what witnesses cosigned last. */
export const WITNESSES = "witnesses.json";
/**
 * Where a record's proof lies below the site's address, beside the files of the version: what can be kept with them and
 * needs no site.
 */
export const proofPath = ({ uscc, year }: Place, version: number): string =>
  `${uscc}/${year}/v${version}/record.tlog-proof`;
