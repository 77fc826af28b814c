/**
 * Draws `web/portal/card.png`, the picture that other sites show beside a link (Open Graph). It is kept in the
 * repository, so that building needs no browser and the same source gives the same bytes: `node scripts/card.ts`.
 */
import { fileURLToPath } from "node:url";
import { launchBrowser } from "../tests/support/browser.ts";

const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 1200, height: 630 } });
  await page.setContent(`<!doctype html><html lang="zh-CN"><style>
body { margin: 0; height: 630px; box-sizing: border-box; padding: 110px 90px 0; border-top: 24px solid #a4161a; background: #fff; color: #1b1b1b; font: 34px/1.6 "Noto Sans CJK SC", sans-serif; }
h1 { margin: 0; font: bold 84px/1.35 "Noto Serif CJK SC", serif; }
p { margin: 34px 0 0; padding-top: 30px; border-top: 3px solid #a4161a; color: #595959; }
</style><h1>政府信息公开<br>工作年度报告</h1><p>查找 · 阅读 · 比较 · 下载</p></html>`);
  await page.screenshot({ path: fileURLToPath(new URL("../web/portal/card.png", import.meta.url)) });
} finally {
  await browser.close();
}
