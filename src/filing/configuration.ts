/** What the service tells its own pages: `GET /filing/config.json`. */
export interface FilingConfiguration {
  /** The OpenID Connect issuer that clerks sign in with. */
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
  /** Which of the issuer's tokens the API takes. */
  readonly tokenUse: "access" | "id";
  /** Where published files are read, without a slash at the end. */
  readonly publicUrl: string;
}
