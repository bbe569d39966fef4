import type { BounceReport } from "@/api/types";
import { text } from "@/text/en";

type Group = BounceReport["by_class"][number];

/** A class in plain words; one that has no words of its own yet is shown as the server calls it. */
export function classWords(name: string): { name: string; meaning: string } {
  const known = text.bounces.classes[name];
  if (known !== undefined) return known;
  const plain = name.replaceAll("_", " ");
  return { name: plain.charAt(0).toUpperCase() + plain.slice(1), meaning: "" };
}

/** The largest group first; the permanent before the temporary where they are equal. */
export function sorted(groups: readonly Group[]): Group[] {
  return [...groups].filter((group) => group.count > 0).sort((a, b) => b.count - a.count || Number(b.permanent) - Number(a.permanent));
}

/** Classes by name: one may be there twice, as permanent and as not. */
export function countOf(groups: readonly Group[], chosen: readonly string[]): number {
  return groups.filter((group) => chosen.includes(group.class)).reduce((total, group) => total + group.count, 0);
}

/** The address of a download. Nothing chosen means everything. */
export function downloadAddress(jobId: string, chosen: readonly string[], reasons: boolean): string {
  const query = new URLSearchParams([...chosen.map((name) => ["class", name]), ["reasons", String(reasons)]]);
  return `/api/v1/jobs/${encodeURIComponent(jobId)}/report/bounces.csv?${query.toString()}`;
}
