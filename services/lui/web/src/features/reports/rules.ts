import type { Interval, Report } from "@/api/types";
import { text } from "@/text/en";

const SHAPES: Record<Interval, Intl.DateTimeFormatOptions> = {
  hour: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  day: { day: "numeric", month: "short" },
  week: { day: "numeric", month: "short", year: "numeric" },
  month: { month: "long", year: "numeric" },
};

/** How the start of an interval is written. */
export const bucketLabel = (start: string, interval: Interval): string => new Intl.DateTimeFormat(undefined, SHAPES[interval]).format(new Date(start));

export const seriesName = (name: string): string => text.reports.series[name] ?? name;

export const nothingRecorded = (report: Report): boolean => report.opens.total === 0 && report.clicks.any === 0;
