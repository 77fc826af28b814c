import { html } from "hono/html";
import type { User } from "./users.ts";

/** Served beside the pages. */
export const STYLE = `:root{color-scheme:light dark}body{font:1rem/1.7 system-ui,sans-serif;max-width:32rem;margin:3rem auto;padding:0 1rem}
input{font:inherit;padding:.5rem;text-transform:uppercase}button{display:block;width:100%;text-align:left;font:inherit;padding:.8rem 1rem;margin:.8rem 0}strong{display:block}.code{font:1.75rem/1.6 ui-monospace,monospace}`;
type Html = ReturnType<typeof html>;
export type Users = Readonly<Record<string, User>>;

const page = (body: Html) => html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>登录（本机演示）</title><link rel="stylesheet" href="/issuer/style.css"></head>
<body><main><h1>登录（本机演示）</h1>${body}</main></body></html>`;

const choices = (users: Users) =>
  Object.entries(users).map(
    ([id, { name, says }]) => html`<button name="user" value="${id}"><strong>${name}（${id}）</strong>${says}</button>`,
  );

/** What a request for signing in that is not the client's gets. */
export const strangePage = (pages: readonly string[]): Html =>
  page(html`<p>这不是本机页面的登录请求。请从 ${pages.map((url) => html`<a href="${url}">${url}</a> `)}登录。</p>`);

/** Where the pages' user chooses who to be. */
export const choicePage = (users: Users): Html =>
  page(
    html`<p>这里没有密码：选一个演示用户。No password here; choose a demonstration user.</p>
<form method="post">${choices(users)}</form>`,
  );

/** Where the code that a terminal shows is typed; `unknown` when one was that does not wait. */
export const codePage = (unknown: boolean): Html =>
  page(
    html`${unknown ? html`<p role="alert">没有这个代码，或者已经用过、过期了。No such code, or it was used or has expired.</p>` : ""}
<form><p><label>终端里显示的代码 · The code that the terminal shows<br>
<input name="user_code" autocomplete="off" autocapitalize="characters" required></label></p><button>继续 · Continue</button></form>`,
  );

/** Where a code that waits is decided. */
export const decisionPage = (code: string, users: Users): Html =>
  page(
    html`<p>终端里显示的应当是 · The terminal should show<strong class="code">${code}</strong></p>
<p>一样的话，选一个演示用户；不是自己在终端里登录的，请拒绝。If it does, choose a demonstration user; refuse unless it is you who is signing in.</p>
<form method="post"><input type="hidden" name="user_code" value="${code}">${choices(users)}<button name="user" value="">拒绝 · Refuse</button></form>`,
  );

/** What became of it. */
export const decidedPage = (name: string | undefined): Html =>
  page(
    name === undefined
      ? html`<p>已拒绝。Refused.</p>`
      : html`<p>已登录为${name}，可以关闭本页，回到终端。Signed in; you may close this page and go back to the terminal.</p>`,
  );
