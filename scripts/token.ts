/** Prints an access token of a demonstration user for the service of `npm start`; it holds for an hour. */
import { resolve } from "node:path";
import { issuerUrl, openSigner } from "../local/issuer.ts";
import { USERS } from "../local/users.ts";

const user = process.argv[2] ?? "";
if (process.argv.length !== 3 || !Object.hasOwn(USERS, user)) {
  const known = Object.entries(USERS).map(([id, { name, says }]) => `  ${id}  ${name}：${says}`);
  console.error(
    [
      user === ""
        ? "请写明用户 · name a user："
        : `没有用户${JSON.stringify(user)} · there is no such user；可用的 · known：`,
      ...known,
      "例 · example: npm run --silent token -- clerk",
    ].join("\n"),
  );
  process.exit(2);
}
const signer = await openSigner(
  resolve(process.env["DATA_DIR"] ?? ".data"),
  issuerUrl(Number(process.env["PORT"] ?? 8080)),
);
console.log(await signer.accessToken(user));
