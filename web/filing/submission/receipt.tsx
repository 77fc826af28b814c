import { useSignal } from "@preact/signals";
import { formatOfFile } from "../../../src/formats/registry.ts";
import type { Receipt } from "../../../src/publish/record.ts";
import type { Flow } from "../flow/flow.ts";
import { Notice, StepHeading } from "../flow/parts.tsx";
import { saveFile } from "../flow/save-file.ts";
import { shownTime } from "../flow/when.ts";
import { inLanguage, language } from "../i18n.ts";
import { QrCode } from "./qr.tsx";
import { say } from "./texts.ts";

const TITLES = {
  original: "receiptTitleOriginal",
  correction: "receiptTitleCorrection",
  withdrawal: "receiptTitleWithdrawal",
  redaction: "receiptTitleRedaction",
} as const satisfies Record<Receipt["kind"], Parameters<typeof say>[0]>;

/** The address that readers are given: of the page of all versions. By its whole name, which a bare bucket needs. */
export const publicAddress = ({ artefacts }: Receipt): string => {
  const { url = "", latestUrl } = artefacts.find(({ name }) => name === "report.pdf") ?? {};
  return (latestUrl ?? url.replace(/v\d+\/report\.pdf$/, "report.pdf")).replace(/report\.pdf$/, "index.html");
};

/** What a receipt is about, label by label. */
function factsOf(
  { organ, uscc, year, version, redacts, reason }: Receipt,
  publishedAt: string,
): readonly (readonly [label: string, value: string])[] {
  return [
    [say("organ"), organ],
    [say("uscc"), uscc],
    [say("year"), String(year)],
    redacts === undefined
      ? [say("version"), say("versionN", { version })]
      : [say("redacted"), say("versionN", { version: redacts })],
    [say("publishedAt"), publishedAt],
    ...(reason === undefined ? [] : [[say("reason"), reason] as const]),
  ];
}

/** A receipt as text, for a file note or a message. */
export function receiptText(receipt: Receipt): string {
  const { publishedAt, artefacts, record, log } = receipt;
  return [
    ...factsOf(receipt, publishedAt).map(([label, value]) => `${label}：${value}`),
    `${say("address")}：${publicAddress(receipt)}`,
    ...artefacts.map(({ name, url, sha256 }) => `${name}  ${url}  SHA-256 ${sha256}`),
    `${say("recordHash")}：${record}`,
    ...(log ? [`${say("verify")}：${log.verify}`, `${say("proof")}：${log.proof}`] : []),
    "",
  ].join("\n");
}

/** A receipt that is given again, once another version has taken the place of its own. */
interface LaterReceipt extends Receipt {
  readonly state?: { readonly message: string; readonly messageEn: string };
}

const kilobytes = (size: number): string => (size < 1024 ? `${size} B` : `${Math.round(size / 1024)} KB`);

const titleOf = (file: string): string => {
  const format = formatOfFile(file);
  return format?.title[language.value] ?? say(file === "correction.json" ? "fileCorrection" : "file");
};

/** What was published, with its address. */
function Facts({ receipt }: { readonly receipt: Receipt }) {
  const address = publicAddress(receipt);
  const { log } = receipt;
  return (
    <div className="flow-receipt-head">
      <dl className="flow-facts">
        {factsOf(receipt, shownTime(receipt.publishedAt, language.value)).map(([label, value]) => (
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
      {log ? (
        <QrCode text={log.verify} label={say("qrVerify")} />
      ) : (
        address && <QrCode text={address} label={say("qr")} />
      )}
    </div>
  );
}

/** That the version will be in the log of publications, or is, and where anybody proves it. */
function Logged({ log }: { readonly log: NonNullable<Receipt["log"]> }) {
  const { verify, proof, logged = false } = log;
  return (
    <>
      <h3>{say("log")}</h3>
      <p>{say(logged ? "isLogged" : "willBeLogged")}</p>
      <ul className="flow-files">
        <li>
          <a href={verify}>{say("verify")}</a>
        </li>
        {logged && (
          <li>
            <a href={proof}>{say("proof")}</a>
          </li>
        )}
      </ul>
    </>
  );
}

/** The files, and what each and the record hash to. */
function Files({ receipt: { artefacts, record } }: { readonly receipt: Receipt }) {
  return (
    <>
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
    </>
  );
}

/** What was published, when, and where it is; to be copied, printed and kept. */
export function ReceiptView({ flow, receipt }: { readonly flow: Flow; readonly receipt: LaterReceipt }) {
  const copied = useSignal<"copied" | "copyFailed" | undefined>(undefined);
  const { uscc, year, version, kind, state } = receipt;
  const copy = async (): Promise<void> => {
    copied.value = await navigator.clipboard.writeText(receiptText(receipt)).then(
      () => "copied" as const,
      () => "copyFailed" as const,
    );
  };
  const keep = (): void => {
    const content = new Blob([`${JSON.stringify(receipt, null, 2)}\n`], { type: "application/json" });
    saveFile(`receipt-${uscc}-${year}-v${version}.json`, content);
  };
  const actions = [
    ["copy", () => void copy()],
    ["print", () => window.print()],
    ["saveReceipt", keep],
    ["another", () => void flow.toEntry()],
  ] as const;
  return (
    <div className="flow-step flow-receipt">
      <StepHeading>{say(TITLES[kind])}</StepHeading>
      {state && <Notice kind="warning">{inLanguage([state.message, state.messageEn])}</Notice>}
      <Facts receipt={receipt} />
      <Files receipt={receipt} />
      {receipt.log && <Logged log={receipt.log} />}
      <div className="flow-actions flow-no-print">
        {actions.map(([key, act]) => (
          <button key={key} type="button" className="flow-button" onClick={act}>
            {say(key)}
          </button>
        ))}
      </div>
      {copied.value && <Notice kind={copied.value === "copied" ? "success" : "warning"}>{say(copied.value)}</Notice>}
    </div>
  );
}
