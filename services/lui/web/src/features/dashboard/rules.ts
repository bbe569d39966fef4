const dateOf = (moment: number): string => new Date(moment).toISOString().slice(0, 10);

/** A month's weeks from Monday on; what lies outside of it is null. */
export function weeksOf(month: string): (string | null)[][] {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const first = Date.UTC(year, number - 1, 1);
  const days = new Date(Date.UTC(year, number, 0)).getUTCDate();
  const before = (new Date(first).getUTCDay() + 6) % 7;
  const cells = [...Array.from({ length: before }, () => null), ...Array.from({ length: days }, (_, day) => dateOf(first + day * 86_400_000))];
  return Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) => Array.from({ length: 7 }, (_unused, day) => cells[week * 7 + day] ?? null));
}

export function monthPlus(month: string, months: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return dateOf(Date.UTC(year, number - 1 + months, 1)).slice(0, 7);
}

const write = (date: string, options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat(undefined, { ...options, timeZone: "UTC" }).format(new Date(`${date}T00:00:00Z`));

export const dayLabel = (date: string): string => write(date, { day: "numeric", month: "short" });
export const dayInFull = (date: string): string => write(date, { weekday: "long", day: "numeric", month: "long" });
export const monthInFull = (month: string): string => write(`${month}-01`, { month: "long", year: "numeric" });

/** The days of the week from Monday on, short and in full. */
export const WEEKDAYS = Array.from({ length: 7 }, (_, day) => {
  const date = dateOf(Date.UTC(2024, 0, 1 + day));
  return { short: write(date, { weekday: "short" }), long: write(date, { weekday: "long" }) };
});

/** Whether anything happened at all in days of activity. */
export const isQuiet = (points: readonly { sent: number; opens: number | null; clicks: number | null }[]): boolean => points.every(({ sent, opens, clicks }) => sent === 0 && (opens ?? 0) === 0 && (clicks ?? 0) === 0);
