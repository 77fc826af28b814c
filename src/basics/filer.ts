/** Who filed: a subject and the issuer that answers for it (RFC 7519, 4.1). No name. */
export interface Filer {
  readonly issuer: string;
  readonly subject: string;
}
