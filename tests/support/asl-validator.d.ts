declare module "asl-validator" {
  interface Validated {
    readonly isValid: boolean;
    readonly errorsText: (separator?: string) => string;
  }
  /** Adds `QueryLanguage` to every state that it is given. */
  function validate(
    definition: object,
    options?: { readonly checkPaths: boolean; readonly checkArn: boolean },
  ): Validated;
  export = validate;
}
