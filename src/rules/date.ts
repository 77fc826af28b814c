const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;

/** The format `date` of JSON Schema: a day of the calendar as RFC 3339 writes it. A library of all formats would weigh 2 KB in the page. */
export function date(text: string): boolean {
  const [, year, month, day] = DATE.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined || month < 1 || month > 12) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day >= 1 && day <= (month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);
}
