import { createHash } from "node:crypto";

/**
 * The one script of a published page. The page is written once for good, and the same bytes lie at two depths
 * (`{uscc}/{year}/report.html` and `…/v{N}/report.html`): so it only finds the site's root and loads what there is to say
 * of the version today, which can be mended (`report.js`). Of a page that was saved to a disk it does nothing.
 */
export const LOADER =
  'location.protocol.startsWith("http")&&import(new URL(/\\/v\\d+\\/[^/]*$/.test(location.pathname)?"../../../report.js":"../../report.js",location.href)).catch(()=>{})';

/** How a policy names a text that may run or be applied (CSP 3, 2.3.1). */
export const hashSource = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
