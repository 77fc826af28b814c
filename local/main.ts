/** `npm start`. */
import { buildRest } from "./rest.ts";
import { placeFromEnvironment, StartError, startUntilSignal } from "./start.ts";

const place = placeFromEnvironment();
const local = await startUntilSignal(place).catch((error: unknown) => {
  if (!(error instanceof StartError)) throw error;
  console.error(`${error.message}\n${error.messageEn}`);
  process.exit(1);
});
const { url } = local;

/** What the token command needs to know where this differs from what it assumes. */
const settings = ["PORT", "DATA_DIR"]
  .flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [`${name}='${value.replaceAll("'", "'\\''")}' `];
  })
  .join("");
console.log(`
年报已启动 · nianbao is running

  已公布的报告      ${url}/
  网页填报          ${url}/filing/
  上级机关工作台    ${url}/desk/
  接口说明          ${url}/openapi.json
  存储（S3）        ${local.bucketUrl}，数据在 ${place.directory}

提交一份示例报告，粘贴即可 · publish an example:

  curl -sS -H "Authorization: Bearer $(${settings}npm run --silent token -- clerk)" -H 'Content-Type: application/json' --data-binary @examples/liaocheng-2020.json ${url}/reports

然后打开 · then open  ${url}/11371500MB28560185/2020/report.pdf

按 Ctrl-C 停止。
`);
buildRest();
