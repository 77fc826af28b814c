import { language } from "./i18n.ts";

/** Has the page speak the other language, in which the button is named. */
export function LanguageButton({ label }: { readonly label: string }) {
  return (
    <button
      type="button"
      class="tool"
      lang={language.value === "en" ? "zh-CN" : "en"}
      onClick={() => {
        language.value = language.value === "en" ? "zh" : "en";
      }}
    >
      {label}
    </button>
  );
}
