import { readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCredentials } from "../../local/credentials.ts";
import { at, openShell, type Running } from "../support/command.ts";
import { freePorts } from "../support/launcher.ts";
import { example } from "../support/service.ts";

const HANGZHOU = at("examples/hangzhou-2025.json");
const PLACE = "11330100002489015P/2025";
const { path, write, run, start } = await openShell();

let service: Running;
let server: string;
let ports: { readonly PORT: string; readonly S3_PORT: string; readonly DATA_DIR: string };
beforeAll(async () => {
  const [port, s3Port] = await freePorts();
  ports = { PORT: String(port), S3_PORT: String(s3Port), DATA_DIR: path("data") };
  const env = { S3_PORT: ports.S3_PORT, DATA_DIR: ports.DATA_DIR };
  service = start(["serve", "--local", "--port", ports.PORT], { env });
  server = (await service.saying(/http:\/\/localhost:\d+/))[0];
});
afterAll(async () => {
  service.process.kill("SIGTERM");
  expect((await service.ended).code).toBe(0);
});

const sessions = async () => JSON.parse(await readFile(path("config/nianbao/sessions.json"), "utf8"));

/** Logs in as a user does: runs the command, and decides on the page that it names. */
async function login(user: string, ...options: string[]) {
  const command = start(["login", "--server", server, ...options]);
  const [url, code] = await command.saying(/http\S+user_code=([A-Z]{4}-[A-Z]{4})/);
  const page = await (await fetch(url)).text();
  expect(page).toContain(code);
  expect(page).toContain('value="clerk"');
  const decided = await fetch(url.replace(/\?.*/, ""), {
    method: "POST",
    body: new URLSearchParams({ user_code: code!.toLowerCase().replace("-", " "), user }),
  });
  expect(decided.status).toBe(200);
  return command.ended;
}

describe.sequential("nianbao against a service", () => {
  it("serves the whole service of one machine from the command alone", async () => {
    expect(await (await fetch(`${server}/healthz`)).json()).toMatchObject({ status: "ok" });
    expect(await (await fetch(`${server}/filing/`)).text()).toContain("<script");
  });

  it("asks to log in first", async () => {
    const nowhere = await run(["submit", HANGZHOU]);
    expect(nowhere.code).toBe(2);
    expect(nowhere.stderr).toContain("NIANBAO_SERVER");
    const stranger = await run(["submit", HANGZHOU, "--server", server]);
    expect([stranger.code, stranger.stdout]).toEqual([2, ""]);
    expect(stranger.stderr).toContain(`nianbao login --server ${server}`);
    const forged = await run(["submit", HANGZHOU, "--server", server], { env: { NIANBAO_TOKEN: "a.b.c" } });
    expect(forged.code).toBe(2);
    expect(forged.stderr).toContain("令牌无效");
  });

  it("says that signing in was refused", async () => {
    const refused = await login("");
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("登录被拒绝");
    await expect(sessions()).rejects.toThrow();
  });

  it("logs in with a code, and keeps the token for its owner alone", async () => {
    const { code, stdout, stderr } = await login("clerk");
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toContain("填报人");
    expect((await stat(path("config/nianbao/sessions.json"))).mode & 0o777).toBe(0o600);
    expect((await stat(path("config/nianbao"))).mode & 0o777).toBe(0o700);
    expect((await run(["login", "--status"])).stdout).toContain(`* ${server}`);
  });

  it("checks without publishing", async () => {
    const dry = await run(["submit", HANGZHOU, "--dry-run"]);
    expect(dry.code).toBe(0);
    expect(dry.stderr).toContain("通过校验");
    expect((await fetch(`${server}/reports/${PLACE}`)).status).toBe(404);
    const report = await example("hangzhou-2025");
    report["requests"].received.naturalPerson += 1;
    const wrong = await run(["submit", "-", "--dry-run"], { input: JSON.stringify(report) });
    expect(wrong.code).toBe(1);
    expect(wrong.stdout).toContain("T3-BALANCE");
    expect(wrong.stderr).toContain("报告未通过校验");
  });

  it("publishes once its warnings are explained, and waits for the indexes", async () => {
    const report = await example("hangzhou-2025");
    report["other"] = { body: [{ type: "paragraph", text: "无。" }] };
    const file = await write("report.json", report);
    const open = await run(["submit", file]);
    expect(open.code).toBe(1);
    expect(open.stderr).toContain("--explain N-FEE=");
    const published = await run(["submit", file, "--explain", "N-FEE=本年度没有收取信息处理费。", "--wait"]);
    expect(published.code, published.stderr).toBe(0);
    expect(published.stderr).toContain("已公布：杭州市人民政府 2025 第1版");
    const url = published.stdout.trim().split("\n")[0]!;
    expect(url).toBe(`${server}/${PLACE}/v1/report.pdf`);
    expect((await fetch(url)).headers.get("content-type")).toBe("application/pdf");
    const index = (await (await fetch(`${server}/11330100002489015P/index.json`)).json()) as { years: unknown[] };
    expect(index.years).toHaveLength(1);
    const again = await run(["submit", file, "--explain", "N-FEE=本年度没有收取信息处理费。"]);
    expect([again.code, again.stdout]).toEqual([0, published.stdout]);
    expect(again.stderr).toContain("没有变化");
  });

  it("explains that a published report is corrected, not written over, and corrects it", async () => {
    const report = { ...(await example("hangzhou-2025")), signed: "2026-01-15" };
    const file = await write("corrected.json", report);
    const conflict = await run(["submit", file]);
    expect(conflict.code).toBe(1);
    expect(conflict.stderr).toContain("--correct --supersedes 1 --reason");
    const bare = await run(["submit", file, "--correct"]);
    expect(bare.code).toBe(2);
    const corrected = await run(["submit", file, "--correct", "--supersedes", "1", "--reason", "日期有误。", "--json"]);
    expect(corrected.code, corrected.stderr).toBe(0);
    expect(JSON.parse(corrected.stdout)).toMatchObject({ version: 2, kind: "correction", reason: "日期有误。" });
    const late = await run(["submit", file, "--supersedes", "7", "--reason", "日期有误。"]);
    expect(late.code).toBe(1);
  });

  it("withdraws what is published, and says where nothing is", async () => {
    const place = PLACE.split("/");
    const nothing = await run(["withdraw", place[0]!, "2019", "--supersedes", "1", "--reason", "报送主体有误。"]);
    expect(nothing.code).toBe(2);
    const late = await run(["withdraw", ...place, "--supersedes", "1", "--reason", "报送主体有误。"]);
    expect([late.code, late.stdout]).toEqual([1, ""]);
    const { code, stdout, stderr } = await run([
      "withdraw",
      ...place,
      "--supersedes",
      "2",
      "--reason",
      "报送主体有误。",
    ]);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("已撤回：杭州市人民政府 2025 第3版");
    expect(stdout).toContain(`${server}/${PLACE}/v3/report.pdf`);
    expect(await (await fetch(`${server}/${PLACE}/versions.json`)).text()).toContain('"withdrawn"');
  });

  it("redacts a version that is no longer current, and no other", async () => {
    const redact = (version: string, ...options: string[]) =>
      run(["redact", ...PLACE.split("/"), "--of", version, "--reason", "其中有个人信息。", ...options]);
    const current = await redact("3");
    expect([current.code, current.stdout]).toEqual([1, ""]);
    expect((await run(["redact", ...PLACE.split("/"), "--of", "1"])).code).toBe(2);
    const { code, stderr } = await redact("1");
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("已撤下：杭州市人民政府 2025 第1版");
    const html = await (await fetch(`${server}/${PLACE}/v1/report.html`)).text();
    expect(html).toContain("其中有个人信息。");
    expect(html).not.toContain("行政许可");
    const again = await redact("1", "--json");
    expect([again.code, JSON.parse(again.stdout)]).toMatchObject([0, { kind: "redaction", redacts: 1 }]);
  });

  it("renews a token that is about to expire, each refresh token used once", async () => {
    const before = await sessions();
    const { token, refreshToken } = before.servers[server];
    before.servers[server].expiresAt = Math.floor(Date.now() / 1000) + 5;
    await writeFile(path("config/nianbao/sessions.json"), JSON.stringify(before));
    expect((await run(["submit", HANGZHOU, "--dry-run"])).code).toBe(0);
    const after = (await sessions()).servers[server];
    expect(after.token).not.toBe(token);
    expect(after.expiresAt).toBeGreaterThan(Date.now() / 1000 + 3000);
    await writeFile(path("config/nianbao/sessions.json"), JSON.stringify(before));
    const over = await run(["submit", HANGZHOU, "--dry-run"]);
    expect(over.code).toBe(2);
    expect(over.stderr).toContain("登录已过期");
    const used = await fetch(`${server}/issuer/token`, {
      method: "POST",
      body: new URLSearchParams({ grant_type: "refresh_token", client_id: "nianbao-web", refresh_token: refreshToken }),
    });
    expect([used.status, await used.json()]).toEqual([400, { error: "invalid_grant" }]);
  });

  it("refuses what its user may not do, by the name of the right", async () => {
    expect((await login("superior")).code).toBe(0);
    const { code, stderr } = await run(["submit", HANGZHOU], { env: { NIANBAO_LANG: "en" } });
    expect(code).toBe(2);
    expect(stderr).toContain("Forbidden");
  });

  it("logs out: nothing is kept here, and the issuer renews nothing any more", async () => {
    const { refreshToken } = (await sessions()).servers[server];
    expect((await run(["logout"])).code).toBe(0);
    await expect(sessions()).rejects.toThrow();
    const answer = await fetch(`${server}/issuer/token`, {
      method: "POST",
      body: new URLSearchParams({ grant_type: "refresh_token", client_id: "nianbao-web", refresh_token: refreshToken }),
    });
    expect(answer.status).toBe(400);
    expect((await run(["login", "--status"])).code).toBe(2);
  });

  it("serves on a store that others keep, readers as well", async () => {
    const [port] = await freePorts();
    const { accessKeyId, secretAccessKey } = await openCredentials(ports.DATA_DIR);
    const env = {
      BUCKET: "nianbao",
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      S3_ENDPOINT: `http://127.0.0.1:${ports.S3_PORT}`,
      S3_FORCE_PATH_STYLE: "true",
      PUBLIC_URL: `http://localhost:${port}`,
      OIDC_ISSUER: `${server}/issuer`,
      OIDC_AUDIENCE: "nianbao",
      OIDC_CLIENT_ID: "nianbao-web",
    };
    const other = start(["serve", "--host", "127.0.0.1", "--port", String(port), "--public"], { env });
    await other.saying(/"listening"/);
    const pdf = await fetch(`http://localhost:${port}/${PLACE}/report.pdf`);
    expect(pdf.headers.get("content-type")).toBe("application/pdf");
    expect((await fetch(`http://localhost:${port}/filing/`)).status).toBe(200);
    const taken = await run(["serve", "--host", "127.0.0.1", "--port", String(port)], { env });
    expect(taken.code).toBe(2);
    expect(taken.stderr).toContain("不能使用");
    other.process.kill("SIGTERM");
    expect((await other.ended).code).toBe(0);
  });

  it("sets where reminders are sent, tells it without its secrets, and refuses what will not do with nothing changed", async () => {
    expect((await run(["webhooks"], { env: ports })).stdout).toContain("催报不发往任何地方");
    const hooks = (url: string) => JSON.stringify({ webhooks: [{ id: "group", kind: "wecom", url }] });
    await write("webhooks.json", hooks("https://robot.example/send?key=secret-key"));
    const set = await run(["webhooks", "webhooks.json"], { env: ports });
    expect([set.code, set.stdout]).toEqual([0, "group  wecom  robot.example  全部行政区划\n"]);
    await write("webhooks.json", hooks("http://robot.example/send"));
    const refused = await run(["webhooks", "webhooks.json"], { env: ports });
    expect([refused.code, refused.stdout]).toEqual([2, ""]);
    expect(refused.stderr).toContain("第1个：url 应为 https 网址");
    expect((await run(["webhooks"], { env: ports })).stdout).toBe(set.stdout);
  });

  it("verifies and rebuilds the store of the running service", async () => {
    const sound = await run(["fsck", "--settle", "0"], { env: ports });
    expect(sound.code, sound.stdout).toBe(0);
    expect(sound.stdout).toContain("查了1个机关、4个版本");
    expect(sound.stdout).toContain("没有问题");
    const rebuilt = await run(["reindex", "--all", "--json"], { env: ports });
    expect(rebuilt.code, rebuilt.stderr).toBe(0);
    expect(JSON.parse(rebuilt.stdout)).toMatchObject({ organs: 1, places: 1, written: 0, failed: [] });
    const env = { S3_PORT: "1", PORT: "1" };
    const deaf = await run(["fsck"], { env });
    expect([deaf.code, deaf.stdout]).toEqual([2, ""]);
    expect(deaf.stderr).toContain("没有回应");
    expect((await run(["reindex"], { env })).code).toBe(2);
    expect((await run(["fsck", "--grace", "soon"], { env })).code).toBe(2);
  });
});

describe("what a service may be", () => {
  it("says what to do where the issuer has no device flow, as Cognito", async () => {
    const issuer = createServer((request, response) => {
      const { port } = issuer.address() as AddressInfo;
      const url = `http://localhost:${port}`;
      const answers: Record<string, unknown> = {
        "/filing/config.json": { issuer: url, clientId: "c", scope: "openid", tokenUse: "access", publicUrl: url },
        "/.well-known/openid-configuration": {
          issuer: url,
          token_endpoint: `${url}/token`,
          authorization_endpoint: `${url}/authorize`,
        },
      };
      response.setHeader("content-type", "application/json");
      response.statusCode = answers[request.url ?? ""] ? 200 : 404;
      response.end(JSON.stringify(answers[request.url ?? ""] ?? {}));
    });
    await new Promise<void>((resolve) => issuer.listen(0, "localhost", resolve));
    try {
      const url = `http://localhost:${(issuer.address() as AddressInfo).port}`;
      const { code, stderr } = await run(["login", "--server", url]);
      expect(code).toBe(2);
      expect(stderr).toContain("Cognito");
      expect(stderr).toContain("NIANBAO_TOKEN");
    } finally {
      issuer.close();
    }
  });

  it("sends no token in the open, and says when nobody answers", async () => {
    const open = await run(["submit", HANGZHOU, "--server", "http://gov.example.cn", "--token", "t"]);
    expect(open.code).toBe(2);
    expect(open.stderr).toContain("明文");
    const dead = await run(["login", "--server", "http://localhost:1"]);
    expect(dead.code).toBe(2);
    expect(dead.stderr).toContain("没有回应");
    expect((await run(["login", "--server", "gov.example.cn"])).stderr).toContain("网址不对");
  });

  it("says what a server lacks in its environment", async () => {
    const { code, stderr } = await run(["serve"], { env: { PUBLIC_URL: "" } });
    expect(code).toBe(2);
    expect(stderr).toContain("缺少环境变量");
  });
});
