import { say } from "./language.ts";

/** Where the store of a command is, for its help. */
export const storeHelp = (): string =>
  say(
    `
存储由环境变量指定：BUCKET、AWS_REGION，AWS 以外的存储还有 S3_ENDPOINT、S3_FORCE_PATH_STYLE=true 和密钥
（AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY）。没有 BUCKET 时，用本机正在运行的服务的存储（S3_PORT，默认4568）。`,
    `
The store is named by the environment: BUCKET, AWS_REGION, for stores other than AWS also S3_ENDPOINT,
S3_FORCE_PATH_STYLE=true and the keys (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY). Without BUCKET it is that of the
service that runs on this machine (S3_PORT, 4568).`,
  );
