import { useSignal } from "@preact/signals";
import { formatOfFile } from "../../../src/formats/registry.ts";
import type { Receipt } from "../../../src/publish/record.ts";
import type { Flow } from "./flow.ts";
import type { MessageKey } from "./messages.ts";
import { Notice, type Say, StepHeading } from "./parts.tsx";
import { QrCode } from "./qr.tsx";
import { download } from "./report-file.ts";
import { shownTime } from "./when.ts";

const TITLES = {
  original: "receiptTitleOriginal",
  correction: "receiptTitleCorrection",
  withdrawal: "receiptTitleWithdrawal",
  redaction: "receiptTitleRedaction",
} as const satisfies Record<Receipt["kind"], MessageKey>;

/** The address that readers are given: of the page of all versions. By its whole name, which a bare bucket needs. */
export const publicAddress = ({ artefacts }: Receipt): string => {
  const url = artefacts.find(({ name }) => name === "report.pdf")?.latestUrl ?? "";
  return url.replace(/report\.pdf$/, "index.html");
};

/** A receipt as text, for a file note or a message. */
export function receiptText(receipt: Receipt, say: Say): string {
  const { organ, uscc, year, version, publishedAt, artefacts, record, reason } = receipt;
  return [
    `${say("organ")}：${organ}`,
    `${say("uscc")}：${uscc}`,
    `${say("year")}：${year}`,
    `${say("version")}：${say("versionN", { version })}`,
    `${say("publishedAt")}：${publishedAt}`,
    ...(reason === undefined ? [] : [`${say("reason")}：${reason}`]),
    `${say("address")}：${publicAddress(receipt)}`,
    ...artefacts.map(({ name, url, sha256 }) => `${name}  ${url}  SHA-256 ${sha256}`),
    `${say("recordHash")}：${record}`,
    "",
  ].join("\n");
}

/** A receipt that is given again, once another version has taken the place of its own. */
interface LaterReceipt extends Receipt {
  readonly state?: { readonly message: string; readonly messageEn: string };
}

const kilobytes = (size: number): string => (size < 1024 ? `${size} B` : `${Math.round(size / 1024)} KB`);

/** What was published, when, and where it is; to be copied, printed and kept. */
export function ReceiptView({ flow, receipt }: { readonly flow: Flow; readonly receipt: LaterReceipt }) {
  const { say, language } = flow;
  const copied = useSignal<"copied" | "copyFailed" | undefined>(undefined);
  const { organ, uscc, year, version, kind, publishedAt, artefacts, record, reason, state } = receipt;
  const address = publicAddress(receipt);
  const titleOf = (file: string): string =>
    formatOfFile(file)?.title[language.value] ?? say(file === "correction.json" ? "fileCorrection" : "file");
  const facts: readonly (readonly [string, string])[] = [
    [say("organ"), organ],
    [say("uscc"), uscc],
    [say("year"), String(year)],
    [say("version"), say("versionN", { version })],
    [say("publishedAt"), shownTime(publishedAt, language.value)],
    ...(reason === undefined ? [] : [[say("reason"), reason] as const]),
  ];
  const copy = async (): Promise<void> => {
    copied.value = await navigator.clipboard.writeText(receiptText(receipt, say)).then(
      () => "copied" as const,
      () => "copyFailed" as const,
    );
  };
  return (
    <div className="flow-step flow-receipt">
      <StepHeading>{say(TITLES[kind])}</StepHeading>
      {state && <Notice kind="warning">{language.value === "zh" ? state.message : state.messageEn}</Notice>}
      <div className="flow-receipt-head">
        <dl className="flow-facts">
          {facts.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
          <div>
            <dt>{say("address")}</dt>
            <dd>
              <a href={address}>{address}</a>
            </dd>
          </div>
        </dl>
        {address && <QrCode text={address} label={say("qr")} />}
      </div>
      <h3>{say("files")}</h3>
      <ul className="flow-files">
        {artefacts.map(({ name, url, size, sha256 }) => (
          <li key={name}>
            <a href={url}>{titleOf(name)}</a> <span className="flow-hint">{kilobytes(size)}</span>
            <code className="flow-hash">SHA-256 {sha256}</code>
          </li>
        ))}
      </ul>
      <p>
        {say("recordHash")}
        <code className="flow-hash">{record}</code>
      </p>
      <div className="flow-actions flow-no-print">
        <button type="button" className="flow-button" onClick={() => void copy()}>
          {say("copy")}
        </button>
        <button type="button" className="flow-button" onClick={() => window.print()}>
          {say("print")}
        </button>
        <button
          type="button"
          className="flow-button"
          onClick={() => {
            const content = new Blob([`${JSON.stringify(receipt, null, 2)}\n`], { type: "application/json" });
            download(`receipt-${uscc}-${year}-v${version}.json`, content);
          }}
        >
          {say("saveReceipt")}
        </button>
        <button type="button" className="flow-button" onClick={() => void flow.toEntry()}>
          {say("another")}
        </button>
      </div>
      {copied.value && <Notice kind={copied.value === "copied" ? "success" : "warning"}>{say(copied.value)}</Notice>}
    </div>
  );
}
