import { type Command, Option } from "commander";
import { command } from "../command.ts";
import { refusing } from "../contradictions.ts";
import { Complaint } from "../exit.ts";
import { say } from "../language.ts";

interface Options {
  readonly local?: boolean;
  readonly port?: string;
  readonly host?: string;
  readonly public?: boolean;
}

const portOption = (): Option =>
  new Option("--port <port>", say("监听的端口（PORT），默认8080", "the port to listen on (PORT), 8080 by default"));

/** `--local` listens on this machine only (127.0.0.1), for readers too. */
export const serveCommand = (): Command =>
  refusing(described(), {
    apart: [
      ["local", "host"],
      ["local", "public"],
    ],
  });

const described = (): Command =>
  command(
    "serve",
    "nianbao serve --local",
    "BUCKET=reports AWS_REGION=us-east-1 S3_ENDPOINT=https://… S3_FORCE_PATH_STYLE=true \\\n    PUBLIC_URL=https://… OIDC_ISSUER=https://… OIDC_AUDIENCE=nianbao nianbao serve --public",
  )
    .description(
      say(
        "运行服务：接口和网页填报，存储为任何有条件写入的S3兼容存储",
        "run the service: API and filing pages, on any S3-compatible store that writes under conditions",
      ),
    )
    .option(
      "--local",
      say(
        "在本机试用：内置存储（数据在 DATA_DIR，默认 .data）和演示用的登录服务，不需要别的设置",
        "to try it on this machine: with a store (in DATA_DIR, .data by default) and a demonstration issuer of its own",
      ),
    )
    .addOption(portOption())
    .option(
      "--host <address>",
      say("监听的地址（HOST），默认0.0.0.0", "the address to listen on (HOST), 0.0.0.0 by default"),
    )
    .option(
      "--public",
      say("读者也经由这个服务阅读（SERVE_PUBLIC=true）", "readers come here as well (SERVE_PUBLIC=true)"),
    )
    .addHelpText("after", settings())
    .action(serve);

function settings(): string {
  return say(
    `
设置都是环境变量：存储 BUCKET、AWS_REGION、S3_ENDPOINT、S3_FORCE_PATH_STYLE、OBJECT_LOCK_DAYS；读者的网址 PUBLIC_URL；
登录 OIDC_ISSUER、OIDC_AUDIENCE、OIDC_CLIENT_ID、OIDC_SCOPE、OIDC_TOKEN_USE 等；日志 LOG_FORMAT（json、text、none）；
自己的主机名 HOSTS，前面的代理 TRUSTED_PROXIES，线程 THREADS，限额 LIMIT_…（见 docs/OPERATIONS.md）。`,
    `
Its settings are environment variables: the store (BUCKET, AWS_REGION, S3_ENDPOINT, S3_FORCE_PATH_STYLE,
OBJECT_LOCK_DAYS), where readers read (PUBLIC_URL), who may file (OIDC_ISSUER, OIDC_AUDIENCE, OIDC_CLIENT_ID, OIDC_SCOPE,
OIDC_TOKEN_USE, …), the log (LOG_FORMAT: json, text, none), its own names (HOSTS), proxies before it (TRUSTED_PROXIES), THREADS, limits (LIMIT_…;
see docs/OPERATIONS.md).`,
  );
}

async function serve(options: Options): Promise<void> {
  if (options.port !== undefined) {
    if (!/^\d{1,5}$/.test(options.port) || Number(options.port) > 65535)
      throw new Complaint(say(`端口${options.port}不对`, `${options.port} is no port`));
    process.env["PORT"] = options.port;
  }
  if (options.local) {
    await serveLocal();
    return;
  }
  if (options.host !== undefined) process.env["HOST"] = options.host;
  if (options.public) process.env["SERVE_PUBLIC"] = "true";
  const { serve } = await import("../../server/serve.ts");
  await serve();
}

async function serveLocal(): Promise<void> {
  const { placeFromEnvironment, startUntilSignal } = await import("../../local/start.ts");
  const place = placeFromEnvironment();
  const { url } = await startUntilSignal(place, {
    parts: {
      thread: new URL("./api-worker.mjs", import.meta.url),
      api: () => import("../../functions/api.lambda.ts"),
      imports: () => import("../../functions/imports.lambda.ts"),
      indexer: () => import("../../functions/indexer.lambda.ts"),
    },
  });
  console.log(
    say(
      `年报已启动：${url}/（填报 ${url}/filing/，上级机关工作台 ${url}/desk/），数据在 ${place.directory}

在另一个终端：
  nianbao login --server ${url}
  nianbao submit report.json --server ${url}

按 Ctrl-C 停止。`,
      `nianbao is running at ${url}/ (filing at ${url}/filing/, the desk of superior offices at ${url}/desk/), its data in ${place.directory}

In another terminal:
  nianbao login --server ${url}
  nianbao submit report.json --server ${url}

Ctrl-C stops it.`,
    ),
  );
}
