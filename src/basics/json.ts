/** JSON as it lies in a file. @throws SyntaxError */
export const jsonOf = <T>(bytes: Uint8Array): T => JSON.parse(new TextDecoder().decode(bytes)) as T;
