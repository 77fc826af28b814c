/** What a file that gets the better of its reader does, as the file's text names it. */
import { parentPort, workerData } from "node:worker_threads";

const says = new TextDecoder().decode(workerData.bytes);
if (says.includes("forever")) for (;;);
if (says.includes("memory")) for (const kept = []; ; ) kept.push(new Array(100_000).fill(says.length + kept.length));
if (says.includes("exit")) process.exit(3);
if (says.includes("environment"))
  parentPort.postMessage({ unreadable: { message: JSON.stringify(process.env), messageEn: "" } });
if (says.includes("fault")) parentPort.postMessage({ fault: "TypeError\n    at reader" });
if (says.includes("large"))
  parentPort.postMessage({
    imported: {
      report: { text: "长".repeat(3_000_000) },
      account: { format: "html", cells: [], findings: [], leftOut: [] },
    },
  });
