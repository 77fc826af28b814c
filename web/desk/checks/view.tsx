import { useEffect, useMemo } from "preact/hooks";
import { Notice, Progress, StepHeading } from "../../filing/flow/parts.tsx";
import { messageOf } from "../../filing/i18n.ts";
import type { Desk } from "../desk.ts";
import { hashOf, route } from "../route.ts";
import { say } from "../texts.ts";
import { ChecksModel, type RuleFound } from "./model.ts";
import { Notices } from "./notices.tsx";
import { t } from "./texts.ts";

/** The way to an organ of the desk. */
export function OrganLink({ desk, uscc }: { readonly desk: Desk; readonly uscc: string }) {
  return <a href={hashOf({ ...route.value, view: "organ", uscc })}>{desk.row(uscc)?.name ?? uscc}</a>;
}

function Rule({ desk, rule }: { readonly desk: Desk; readonly rule: RuleFound }) {
  const { id, level, organs, findings, explained, example } = rule;
  return (
    <tr>
      <th scope="row">
        <code>{id}</code>
      </th>
      <td>
        <span class={`desk-level-${level}`}>{t(level)}</span>
      </td>
      <td>
        <details>
          <summary>{t("organCount", { count: organs.length })}</summary>
          <ul class="desk-found">
            {organs.map(({ uscc }) => (
              <li key={uscc}>
                <OrganLink desk={desk} uscc={uscc} />
              </li>
            ))}
          </ul>
        </details>
      </td>
      <td>{findings}</td>
      <td>{level === "warning" ? explained : ""}</td>
      <td class="desk-example">{messageOf(example)}</td>
    </tr>
  );
}

/** What was found, rule by rule. */
function Rules({ model }: { readonly model: ChecksModel }) {
  const rules = model.rules.value;
  const heads = ["rule", "level", "organs", "places", "explainedBy", "example"] as const;
  return (
    <section>
      <h3>{t("byRule", { count: rules.length })}</h3>
      {rules.length === 0 ? (
        model.done.value && <p>{t("nothing")}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls, and must be reached by keyboard
        <section class="flow-scroll" tabIndex={0} aria-label={t("byRule", { count: rules.length })}>
          <table class="flow-table desk-rules">
            <thead>
              <tr>
                {heads.map((head) => (
                  <th key={head} scope="col">
                    {t(head)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rules.map((rule) => (
                <Rule key={`${rule.id} ${rule.level}`} desk={model.desk} rule={rule} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}

/** Reports whose texts are each other's. */
function Alike({ model }: { readonly model: ChecksModel }) {
  const pairs = model.pairs.value;
  const comparing = model.comparing.value;
  return (
    <section>
      <h3>{t("alike")}</h3>
      <p class="flow-hint">{t("alikeHint")}</p>
      {!pairs && (
        <button
          type="button"
          class="flow-button"
          disabled={!model.done.value || comparing !== undefined}
          onClick={() => model.compare()}
        >
          {t("compare")}
        </button>
      )}
      <Progress busy={comparing !== undefined}>{comparing && t("comparing", comparing)}</Progress>
      {model.compareTrouble.value && <Notice kind="trouble">{model.compareTrouble.value}</Notice>}
      {pairs && (
        <p role="status">
          {t("pairs", { count: pairs.length })} {model.unread.value > 0 && t("unread", { count: model.unread.value })}
        </p>
      )}
      {pairs && pairs.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the table scrolls, and must be reached by keyboard
        <section class="flow-scroll" tabIndex={0} aria-label={t("alike")}>
          <table class="flow-table">
            <thead>
              <tr>
                <th scope="col">{t("one")}</th>
                <th scope="col">{t("other")}</th>
                <th scope="col">{t("share")}</th>
              </tr>
            </thead>
            <tbody>
              {pairs.map(({ a, b, share }) => (
                <tr key={`${a} ${b}`}>
                  <td>
                    <OrganLink desk={model.desk} uscc={a} />
                  </td>
                  <td>
                    <OrganLink desk={model.desk} uscc={b} />
                  </td>
                  <td>{Math.round(share * 100)}%</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}

/** Everything published: by rule, pairs that are alike, and notices to those who have something to mend. */
export function ChecksView({ desk }: { readonly desk: Desk }) {
  const model = useMemo(() => new ChecksModel(desk), [desk]);
  useEffect(() => {
    void model.load();
    return () => model.stop();
  }, [model]);
  const { organs, done, trouble } = model;
  return (
    <>
      <p>
        <a href={hashOf({ ...route.value, view: "list" })}>{say("back")}</a>
      </p>
      <StepHeading>{t("title")}</StepHeading>
      <p class="flow-hint">{t("hint")}</p>
      {trouble.value && <Notice kind="trouble">{trouble.value}</Notice>}
      <Progress busy={!done.value && !trouble.value}>{t("reading", { done: organs.value.length })}</Progress>
      {done.value && <p role="status">{t("read", { count: organs.value.length })}</p>}
      <Rules model={model} />
      <Alike model={model} />
      <Notices model={model} />
    </>
  );
}
