/** `npm start`: the whole service on this machine, until Ctrl-C. */
import { resolve } from "node:path";
import { startLocal } from "./compose.ts";

const port = Number(process.env["PORT"] ?? 8080);
const s3Port = Number(process.env["S3_PORT"] ?? 4568);
const directory = resolve(process.env["DATA_DIR"] ?? ".data");

/** Ends with a sentence instead of a stack where the reason is the user's to mend. */
function fail(error: NodeJS.ErrnoException & { readonly port?: number }): never {
  if (error.code !== "EADDRINUSE") throw error;
  const [what, variable] = error.port === port ? ["服务", "PORT"] : ["存储", "S3_PORT"];
  console.error(`${what}端口${error.port}已被占用：请停止占用它的程序，或用 ${variable}=其他端口 npm start 换一个。`);
  console.error(`Port ${error.port} is in use; stop what uses it, or set ${variable}.`);
  process.exit(1);
}

const local = await startLocal({
  port,
  s3Port,
  directory,
  onGivenUp: (key) =>
    console.error(`没能编入索引，下次启动再试 · not indexed, to be tried again at the next start: ${key}`),
}).catch(fail);
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
  接口说明          ${url}/openapi.json
  存储（S3）        ${local.bucketUrl}，数据在 ${directory}

提交一份示例报告，粘贴即可 · publish an example:

  curl -sS -H "Authorization: Bearer $(${settings}npm run --silent token -- clerk)" -H 'Content-Type: application/json' --data-binary @examples/liaocheng-2020.json ${url}/reports

然后打开 · then open  ${url}/11371500MB28560185/2020/report.pdf

按 Ctrl-C 停止。
`);

let stopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (stopping) process.exit(1);
    stopping = true;
    void local.close().then(() => process.exit(0));
  });
}
