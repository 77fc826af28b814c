import { existsSync } from "node:fs";

const INSTALLED = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The full browser of this machine: `CHROMIUM`, or the one that the system has. */
export const INSTALLED_BROWSER = [process.env["CHROMIUM"] ?? "", ...INSTALLED].find(
  (file) => file !== "" && existsSync(file),
);
