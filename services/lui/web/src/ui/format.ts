const locale = typeof navigator === "undefined" ? "en" : navigator.language;

const wholeNumber = new Intl.NumberFormat(locale);
const oneDecimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const percentage = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
const dateAndTime = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
const timeOnly = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });

export const formatNumber = (value: number): string => wholeNumber.format(value);

export const formatRate = (value: number): string => (value >= 10 ? wholeNumber.format(Math.round(value)) : oneDecimal.format(value));

/** A share of a total; nothing of nothing is a dash. */
export const formatShare = (part: number, total: number): string => (total === 0 ? "–" : percentage.format(part / total));

export const formatInstant = (instant: string): string => dateAndTime.format(new Date(instant));

/** An instant as the clocks of a zone show it, to the second. */
export const formatInstantIn = (instant: string, timeZone: string): string => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium", timeZone }).format(new Date(instant));

export const formatTime = (instant: string): string => timeOnly.format(new Date(instant));

/** A wall-clock time such as `2026-12-01T13:00`, which belongs to no zone of its own. */
export const formatWallClock = (wallClock: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short", timeZone: "UTC" }).format(new Date(`${wallClock}${wallClock.length === 16 ? ":00" : ""}Z`));

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** "5 minutes ago", and after a week the date. */
export function formatAgo(instant: string, now: number = Date.now()): string {
  const seconds = (new Date(instant).getTime() - now) / 1000;
  if (Math.abs(seconds) > 7 * 86_400) return formatInstant(instant);
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit);
  }
  return relative.format(0, "second");
}

/** A span of seconds in its two largest units. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole === 0 && seconds > 0) return "under 1 s";
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
}

export function formatBytes(size: number): string {
  if (size < 1_000) return `${size} B`;
  const units = ["kB", "MB", "GB"];
  let value = size / 1_000;
  let unit = 0;
  while (value >= 1_000 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  return `${oneDecimal.format(value)} ${units[unit] ?? ""}`;
}

/** What the server says in the middle of its own sentences, as a sentence of ours. A name of a server or an address stays as it is. */
export const asSentence = (said: string): string => (/^\S*[.@]\S/.test(said) ? said : said.charAt(0).toLocaleUpperCase(locale) + said.slice(1));

/** At most so many characters: addresses differ at their end, so what is left out is in the middle. */
export function shorten(name: string, most: number): string {
  const shown = name.length > most ? name.replace(/^https?:\/\//, "") : name;
  if (shown.length <= most) return shown;
  const end = Math.ceil((most - 1) * 0.6);
  return `${shown.slice(0, most - 1 - end)}…${shown.slice(-end)}`;
}
