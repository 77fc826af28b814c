import { dataFile } from "../../src/formats/content.ts";
import type { versionFiles } from "../../src/formats/files.ts";

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

/** The files of a version without pages: those take more time than all the rest, and decide nothing of who comes first. */
export const plainFiles: typeof versionFiles = async (content) => {
  switch (content.of) {
    case "report": {
      const { report, correction } = content;
      return {
        "report.pdf": bytes(["pdf", report.signed, correction]),
        "report.docx": bytes(["docx", report.signed, correction]),
        "report.html": bytes(["html", report.signed, correction]),
        "report.json": dataFile(report),
        "report.csv": bytes(["csv", report.signed]),
        ...(correction ? { "correction.json": bytes(correction) } : {}),
      };
    }
    case "redaction": {
      const { uscc, redaction, withCorrection } = content;
      return {
        "report.pdf": bytes(["pdf", uscc, redaction]),
        "report.docx": bytes(["docx", uscc, redaction]),
        "report.html": bytes(["html", uscc, redaction]),
        "report.json": bytes([uscc, redaction]),
        "report.csv": bytes(["csv", uscc, redaction.reason]),
        ...(withCorrection ? { "correction.json": bytes([uscc, redaction]) } : {}),
      };
    }
    case "withdrawal": {
      const { uscc, withdrawal } = content;
      return {
        "report.pdf": bytes(["pdf", uscc, withdrawal]),
        "report.docx": bytes(["docx", uscc, withdrawal]),
        "report.html": bytes(["html", uscc, withdrawal]),
        "report.json": bytes([uscc, withdrawal]),
        "report.csv": bytes(["csv", uscc, withdrawal.reason]),
      };
    }
  }
};
