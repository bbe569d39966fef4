import type { ReportInterval, ReportPeriod, ReportQuery } from "@/api/reports";
import { text } from "@/text/en";

const words = text.reports.period;
const DAY = 86_400_000;

/** Local dates are counted in UTC, where every day has 24 hours. */
const utc = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const dateOf = (moment: number): string => new Date(moment).toISOString().slice(0, 10);
const plusDays = (date: string, days: number): string => dateOf(utc(date) + days * DAY);

/** The date that an instant has in a zone. */
export function localDate(instant: string | number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date(instant));
}

/** Today where the report's clock is. */
export const todayIn = (timeZone: string): string => localDate(Date.now(), timeZone);

function lastDayOf(month: string): string {
  const [year, number] = month.split("-").map(Number);
  return dateOf(Date.UTC(year ?? 0, number ?? 1, 0));
}

interface Bounds {
  from?: string | undefined;
  to?: string | undefined;
}

/** A period's first and last day; an open end is left out. */
export function boundsOf(period: ReportPeriod, today: string): Bounds {
  if (period.last_days) return { from: plusDays(today, 1 - period.last_days), to: today };
  if (period.month) return { from: `${period.month}-01`, to: lastDayOf(period.month) };
  return { ...(period.from ? { from: period.from } : {}), ...(period.to ? { to: period.to } : {}) };
}

/** One interval that was opened to see what it is made of. */
export interface DrillStep {
  interval: Exclude<ReportInterval, "hour">;
  start: string;
}

const FINER: Record<DrillStep["interval"], ReportInterval> = { month: "day", week: "day", day: "hour" };

/** What opening an interval leads to; the hour is the end. */
export function stepInto(interval: ReportInterval, start: string, timeZone: string): DrillStep | null {
  return interval === "hour" ? null : { interval, start: localDate(start, timeZone) };
}

function spanOf({ interval, start }: DrillStep): Required<Bounds> {
  const end = { month: lastDayOf(start.slice(0, 7)), week: plusDays(start, 6), day: start }[interval];
  return { from: start, to: end };
}

const later = (one: string, other: string | undefined): string => (other !== undefined && other > one ? other : one);
const earlier = (one: string, other: string | undefined): string => (other !== undefined && other < one ? other : one);

/** The query that shows the inside of the last opened interval, never more than the report's own period. */
export function drilled(query: ReportQuery, steps: readonly DrillStep[], today: string): ReportQuery {
  const step = steps.at(-1);
  if (step === undefined) return query;
  const whole = boundsOf(query.period, today);
  const span = spanOf(step);
  return { ...query, interval: FINER[step.interval], period: { from: later(span.from, whole.from), to: earlier(span.to, whole.to) } };
}

const write = (date: string, options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat(undefined, { ...options, timeZone: "UTC" }).format(utc(date));
const inFull = (date: string): string => write(date, { day: "numeric", month: "short", year: "numeric" });

/** How an opened interval is called in the way back. */
export function stepLabel({ interval, start }: DrillStep): string {
  if (interval === "month") return write(start, { month: "long", year: "numeric" });
  return interval === "week" ? words.weekOf(inFull(start)) : inFull(start);
}

export const monthLabel = (month: string): string => write(`${month}-01`, { month: "long", year: "numeric" });

/** A period in words. */
export function periodLabel(period: ReportPeriod): string {
  if (period.last_days) return words.lastDays(period.last_days);
  if (period.month) return monthLabel(period.month);
  const from = period.from ? inFull(period.from) : null;
  const to = period.to ? inFull(period.to) : null;
  if (from !== null && to !== null) return from === to ? from : words.between(from, to);
  if (from !== null) return words.since(from);
  return to === null ? words.everything : words.until(to);
}

/** This month and those before it, newest first. */
export function monthsUpTo(today: string, count: number): string[] {
  const [year, month] = today.split("-").map(Number);
  return Array.from({ length: count }, (_, back) => dateOf(Date.UTC(year ?? 0, (month ?? 1) - 1 - back, 1)).slice(0, 7));
}

const SHAPES: Record<ReportInterval, Intl.DateTimeFormatOptions> = {
  hour: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  day: { day: "numeric", month: "short" },
  week: { day: "numeric", month: "short", year: "numeric" },
  month: { month: "long", year: "numeric" },
};

/** How the start of an interval is written, in the report's own zone. */
export const bucketLabel = (start: string, interval: ReportInterval, timeZone: string): string => new Intl.DateTimeFormat(undefined, { ...SHAPES[interval], timeZone }).format(new Date(start));

const STEP = /^(month|week|day):(\d{4}-\d{2}-\d{2})$/;

/** The way down as the address holds it. */
export const writeSteps = (steps: readonly DrillStep[]): string[] => steps.map(({ interval, start }) => `${interval}:${start}`);

/** Reads the way down from the address; from the first step that makes no sense on, nothing. */
export function readSteps(raw: unknown): DrillStep[] {
  const steps: DrillStep[] = [];
  for (const entry of Array.isArray(raw) ? raw : []) {
    const found = typeof entry === "string" ? STEP.exec(entry) : null;
    const [, interval, start] = found ?? [];
    if (interval === undefined || start === undefined || Number.isNaN(utc(start))) break;
    steps.push({ interval: interval as DrillStep["interval"], start });
  }
  return steps;
}
