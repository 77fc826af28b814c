/** A figure as it is read: money with its unit; nothing where there is none. */
export function valueText(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value ?? "");
  const { amount = "", unit = "" } = value as { readonly amount?: string; readonly unit?: string };
  return `${amount}${unit}`;
}
