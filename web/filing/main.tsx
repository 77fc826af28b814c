import { render } from "preact";
import type { FilingConfiguration } from "../../src/filing/configuration.ts";
import { App } from "./app.tsx";
import { Flow } from "./flow/flow.ts";
import { followHistory } from "./flow/trail.ts";
import { keepLanguage } from "./i18n.ts";
import { Form } from "./model/form-model.ts";
import { fetchCoverage, publishedReports } from "./model/sources.ts";
import { watchPresses, whenSteady } from "./steady.ts";
import { t } from "./texts.ts";

async function configuration(): Promise<FilingConfiguration> {
  const response = await fetch("/filing/config.json");
  if (!response.ok) throw new Error(`config.json: ${response.status}`);
  return (await response.json()) as FilingConfiguration;
}

keepLanguage();
watchPresses();
const root = document.getElementById("app")!;
try {
  const settings = await configuration();
  const model = new Form({
    year: new Date().getFullYear() - 1,
    coverage: fetchCoverage,
    lastYear: publishedReports(settings.publicUrl),
    whenSteady,
  });
  const flow = new Flow({ form: model, configuration: settings });
  await flow.start();
  followHistory(flow);
  model.start();
  root.replaceChildren();
  render(<App model={model} flow={flow} />, root);
} catch (error) {
  root.textContent = t("failed", { reason: error instanceof Error ? error.message : String(error) });
}
