/**
 * How a store is asked to write only where nothing is. `s3` is S3's own conditions (`If-None-Match`, `If-Match`); the
 * others have a header of the vendor's that forbids writing over, and no way to replace only what is as it was read.
 */
export const DIALECTS = ["s3", "oss", "cos", "obs"] as const;
export type DialectName = (typeof DIALECTS)[number];

/** A vendor's header, and what the store says where it kept something from being written over. */
export interface Vendor {
  readonly header: string;
  /** Codes of answers with status 409 that mean that something is there; others mean that it is to be tried again. */
  readonly exists: readonly string[];
  /** The signature has a hash of the body (`x-amz-content-sha256`); without, `UNSIGNED-PAYLOAD` over TLS. */
  readonly signsBody: boolean;
  readonly name: string;
}

/** As their documents say; docs/STORE.md has where. */
export const VENDORS: Readonly<Record<Exclude<DialectName, "s3">, Vendor>> = {
  oss: {
    name: "阿里云OSS",
    header: "x-oss-forbid-overwrite",
    // The last one: the object is there, and locked.
    exists: ["FileAlreadyExists", "ObjectAlreadyExists", "FileImmutable"],
    signsBody: true,
  },
  cos: { name: "腾讯云COS", header: "x-cos-forbid-overwrite", exists: ["FileAlreadyExists"], signsBody: true },
  obs: {
    name: "华为云OBS",
    header: "x-obs-forbid-overwrite",
    exists: ["ObjectAlreadyExists", "FileAlreadyExists"],
    signsBody: false,
  },
};

/** The vendor's way of a dialect that is not S3's own. */
export const vendorOf = (dialect: DialectName): Vendor | undefined => (dialect === "s3" ? undefined : VENDORS[dialect]);
