import { Logger } from "@aws-lambda-powertools/logger";
import { type Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { Log } from "./decision.ts";
import { oneOf } from "./variables.ts";

/**
 * Decisions and faults as lines of JSON, and with `metrics` as CloudWatch metrics in its embedded format: one count a
 * decision named by its outcome (`published`, `corrected`, `withdrawn`, `sealed`, `unchanged`, `conflict`, `checked`,
 * `previewed`, `imported`, `saved`, `read`, `proved`, `reminded`, of a step its kind, `rejected`, `denied`, `failed`), and `duration` in milliseconds.
 */
export function jsonLog(logger: Logger, metrics?: Metrics): Log {
  return {
    decision(decision) {
      logger.info("decision", { ...decision });
      if (!metrics) return;
      metrics.addMetric(decision.outcome, MetricUnit.Count, 1);
      metrics.addMetric("duration", MetricUnit.Milliseconds, decision.duration);
      metrics.publishStoredMetrics();
    },
    fault: (error, request) => logger.error("fault", { ...request, error }),
  };
}

/** Decisions and faults as lines for whoever sits before the terminal. */
export function textLog(write: (line: string) => void): Log {
  return {
    decision({ outcome, action, status, uscc, year, version, caller, findings, reason, duration }) {
      const words = [
        String(status),
        `${action}:${outcome}`,
        [uscc, year, version && `v${version}`].filter(Boolean).join("/"),
        caller ? JSON.stringify(caller.subject) : "",
        findings?.join(",") ?? "",
        reason ? JSON.stringify(reason) : "",
        `${duration} ms`,
      ];
      write(words.filter((word) => word !== "").join("  "));
    },
    fault: (error, { method, path, requestId }) =>
      write(`${method} ${JSON.stringify(path)}  ${requestId}\n${error.stack ?? error.message}`),
  };
}

/** As `LOG_FORMAT` says: `json` (default), `text` for a terminal, or `none`. */
export function logFromEnvironment(): Log {
  switch (oneOf("LOG_FORMAT", ["json", "text", "none"])) {
    case "json":
      return jsonLog(new Logger({ serviceName: process.env["POWERTOOLS_SERVICE_NAME"] ?? "nianbao" }));
    case "text":
      return textLog((line) => console.log(line));
    case "none":
      return { decision: () => {}, fault: () => {} };
  }
}
