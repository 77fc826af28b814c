/** The keyboard between the field of the search and its results: down into them, up and Escape back, Enter to the first. */
export function moveByKeys(form: HTMLFormElement, input: HTMLInputElement, results: HTMLElement): void {
  const targets = (): HTMLElement[] => [...results.querySelectorAll<HTMLElement>("a, button")];
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    targets()[0]?.focus();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" || event.target !== input) return;
    event.preventDefault();
    targets()[0]?.focus();
  });
  results.addEventListener("keydown", (event) => {
    const own = targets();
    const at = own.indexOf(document.activeElement as HTMLElement);
    if (event.key === "Escape" || (event.key === "ArrowUp" && at === 0)) input.focus();
    else if (event.key === "ArrowDown") own[at + 1]?.focus();
    else if (event.key === "ArrowUp") own[at - 1]?.focus();
    else return;
    event.preventDefault();
  });
}
