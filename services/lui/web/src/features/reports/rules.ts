import type { Report } from "@/api/types";

export const nothingRecorded = (report: Report): boolean => report.opens.total === 0 && report.clicks.any === 0;

/** A link of the report, with the numbers of people beside those of everybody. */
export interface LinkCount {
  id: string;
  label: string;
  url: string;
  part: "html" | "text";
  total: number;
  humans: number | null;
  unique: number | null;
}

/** Links with both numbers, most followed first. */
export function linksOf(all: Report, humans: Report | undefined): LinkCount[] {
  const people = new Map(humans?.by_link.map((link) => [link.link_id, link.total]));
  return all.by_link
    .map(({ link_id: id, alias, url, part, total, unique }) => ({ id, label: alias ?? url, url, part, total, unique, humans: humans === undefined ? null : (people.get(id) ?? 0) }))
    .sort((one, other) => other.total - one.total);
}

export function matching(links: readonly LinkCount[], typed: string): LinkCount[] {
  const wanted = typed.trim().toLocaleLowerCase();
  return links.filter(({ label, url }) => label.toLocaleLowerCase().includes(wanted) || url.toLocaleLowerCase().includes(wanted));
}
