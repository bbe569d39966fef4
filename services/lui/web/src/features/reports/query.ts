import type { ReportEvent, ReportQuery, ReportSource, ReportType } from "@/api/reports";
import { text } from "@/text/en";
import { shorten } from "@/ui/format";

const words = text.reports.builder;

export const TYPES = ["over_time", "sum", "recipients", "details"] as const satisfies readonly ReportType[];
export const EVENTS = ["opens", "clicks", "clicks_html", "clicks_text", "actions"] as const satisfies readonly ReportEvent[];
export const INTERVALS = ["hour", "day", "week", "month"] as const;
export const MOST_SOURCES = 12;
export const MOST_JOBS = 50;

/** Each can be told from white and from our dark background. */
export const COLOURS = ["#1d8f93", "#d2691e", "#8a63d2", "#3a8f3e", "#d1478c", "#4a7fd6", "#a8811a", "#d64545", "#6b8f1f", "#2f93b8", "#b0609a", "#7d8288"] as const;

/** The colour of a source that was given none. */
export const colourAt = (index: number): string => COLOURS[index % COLOURS.length] ?? COLOURS[0];

export function newSource(taken: readonly ReportSource[], jobIds: readonly string[] = [], event: ReportEvent = "opens"): ReportSource {
  const used = new Set(taken.map((source) => source.color));
  return { event, job_ids: [...jobIds], color: COLOURS.find((color) => !used.has(color)) ?? COLOURS[0] };
}

export function newQuery(timeZone: string, jobIds: readonly string[] = []): ReportQuery {
  const opens = newSource([], jobIds);
  return { type: "over_time", sources: [opens, newSource([opens], jobIds, "clicks")], period: { last_days: 30 }, time_zone: timeZone, interval: "day", count: "total" };
}

/** The clicks of several jobs, a source each, summed up side by side. */
export function comparisonQuery(jobIds: readonly string[], titles: ReadonlyMap<string, string>): ReportQuery {
  const sources = jobIds.slice(0, MOST_SOURCES).reduce<ReportSource[]>((taken, id) => [...taken, { ...newSource(taken, [id], "clicks"), name: titles.get(id)?.slice(0, 120) ?? null }], []);
  return { ...newQuery(Intl.DateTimeFormat().resolvedOptions().timeZone), type: "sum", period: {}, sources };
}

/** The same again, in a colour of its own and right after it. */
export function withCopyOf(query: ReportQuery, index: number): ReportQuery {
  const source = query.sources[index];
  if (source === undefined || query.sources.length >= MOST_SOURCES) return query;
  const copy = { ...source, color: newSource(query.sources).color ?? null, ...(source.name ? { name: words.copyOf(source.name) } : {}) };
  return { ...query, sources: query.sources.toSpliced(index + 1, 0, copy) };
}

const areSame = (one: readonly string[], other: readonly string[]): boolean => one.length === other.length && one.every((id, index) => id === other[index]);

/** Changes a source. When it is the first, the jobs of those that have the same jobs follow: most reports ask several things of the same jobs. */
export function withSource(query: ReportQuery, index: number, source: ReportSource): ReportQuery {
  const before = query.sources[index]?.job_ids ?? [];
  const follows = (other: ReportSource): boolean => index === 0 && !areSame(before, source.job_ids) && areSame(other.job_ids, before);
  return { ...query, sources: query.sources.map((other, at) => (at === index ? source : follows(other) ? { ...other, job_ids: source.job_ids } : other)) };
}

/** A source narrowed to links of clicks or to tags of actions loses these with the event they belong to. */
export function withEvent(source: ReportSource, event: ReportEvent): ReportSource {
  const { links, tags, ...rest } = source;
  if (event === "actions") return { ...rest, event, ...(tags ? { tags } : {}) };
  return { ...rest, event, ...(event !== "opens" && links ? { links } : {}) };
}

const LONGEST_LINK = 44;

/** What a source is called when nobody has named it. */
export function nameOf(source: ReportSource, jobTitles: ReadonlyMap<string, string> = new Map()): string {
  if (source.name) return source.name;
  const event = words.events[source.event];
  const links = source.links ?? [];
  const where = links.length === 1 ? words.onLink(shorten(links[0] ?? "", LONGEST_LINK)) : links.length > 1 ? words.onLinks(links.length) : "";
  const [only] = source.job_ids;
  const title = source.job_ids.length === 1 && only !== undefined ? jobTitles.get(only) : undefined;
  return [`${event}${where}`, title].filter((part) => part !== undefined && part !== "").join(" · ");
}

/** Why this cannot be asked yet, before any server is asked. */
export function missingIn(query: ReportQuery): string | null {
  if (query.sources.length === 0) return words.needSource;
  if (query.sources.some((source) => source.job_ids.length === 0)) return words.needJobs;
  const { period } = query;
  if (period.from && period.to && period.from > period.to) return words.periodBackwards;
  return null;
}

export const jobsOf = (query: ReportQuery): string[] => [...new Set(query.sources.flatMap((source) => source.job_ids))].sort();

/** Whether a type has a course over time, and so an interval. */
export const hasInterval = (type: ReportType): boolean => type === "over_time";
export const isTable = (type: ReportType): boolean => type === "recipients" || type === "details";

/** The same question with everything that says nothing left out, so that two can be compared. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const said = Object.entries(value).filter(([, part]) => part !== null && part !== undefined && part !== "" && !(Array.isArray(part) && part.length === 0));
  return Object.fromEntries(said.map(([name, part]) => [name, plain(part)] as const).sort(([one], [other]) => (one < other ? -1 : 1)));
}

export const isSameQuery = (one: ReportQuery, other: ReportQuery): boolean => JSON.stringify(plain(one)) === JSON.stringify(plain(other));

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
const isOneOf = <T extends string>(value: unknown, known: readonly T[]): value is T => known.includes(value as T);
const areTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every((entry) => typeof entry === "string");
const isTextOrNothing = (value: unknown): boolean => value === undefined || value === null || typeof value === "string";

function isSource(value: unknown): value is ReportSource {
  if (!isRecord(value) || !isOneOf(value.event, EVENTS) || !areTexts(value.job_ids)) return false;
  return [value.links, value.tags].every((list) => list === undefined || list === null || areTexts(list)) && isTextOrNothing(value.name) && isTextOrNothing(value.color);
}

function isPeriod(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { last_days: days, month } = value;
  if (days !== undefined && days !== null && !(typeof days === "number" && Number.isInteger(days) && days > 0)) return false;
  if (month !== undefined && month !== null && !(typeof month === "string" && /^\d{4}-\d{2}$/.test(month))) return false;
  return isTextOrNothing(value.from) && isTextOrNothing(value.to);
}

/** The query in the address, or null when there is none that makes sense; the server judges it again. */
export function readQuery(raw: unknown): ReportQuery | null {
  if (!isRecord(raw) || !isOneOf(raw.type, TYPES) || !isOneOf(raw.interval, INTERVALS) || !isOneOf(raw.count, ["total", "unique"])) return null;
  if (!Array.isArray(raw.sources) || raw.sources.length > MOST_SOURCES || !raw.sources.every(isSource) || !isPeriod(raw.period) || typeof raw.time_zone !== "string") return null;
  if (raw.columns !== undefined && raw.columns !== null && !areTexts(raw.columns)) return null;
  return raw as unknown as ReportQuery;
}
