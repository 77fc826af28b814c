import { render } from "preact";
import type { FilingConfiguration } from "../../src/filing/configuration.ts";
import { keepLanguage } from "../filing/i18n.ts";
import { App } from "./app.tsx";
import { Desk } from "./desk.ts";
import { startRoute } from "./route.ts";

async function configuration(): Promise<FilingConfiguration> {
  const response = await fetch("/filing/config.json");
  if (!response.ok) throw new Error(`config.json: ${response.status}`);
  return (await response.json()) as FilingConfiguration;
}

keepLanguage();
const root = document.getElementById("app")!;
try {
  const desk = new Desk(await configuration());
  await desk.start();
  startRoute();
  root.replaceChildren();
  render(<App desk={desk} />, root);
} catch (error) {
  root.textContent = `页面没有打开 · The page did not open: ${error instanceof Error ? error.message : String(error)}`;
}
