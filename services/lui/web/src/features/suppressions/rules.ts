import type { Suppression } from "@/api/types";
import { text } from "@/text/en";

const words = text.suppressions;

const asText = (value: unknown): string | null => (typeof value === "string" ? value : typeof value === "number" ? String(value) : null);

export const isReason = (value: unknown): value is Suppression["reason"] => typeof value === "string" && value in words.reasons;

/** Names with words of their own, or told elsewhere. */
const TOLD = new Set(["text", "count", "at", "source", "delivery_id", "job_id", "note"]);

/** What is known about why, in the order in which somebody wants to know it. */
export function evidenceOf({ evidence }: Pick<Suppression, "evidence">): [string, string][] {
  const names = words.evidence;
  const answer = [evidence.reply_code, evidence.status ?? evidence.enhanced_code, evidence.text].map(asText).filter((part) => part !== null && part !== "");
  const lines: [string, string | null][] = [
    [names.said, asText(evidence.text) === null ? null : answer.join(" ")],
    [names.count, asText(evidence.count)],
    [names.source, asText(evidence.source)],
  ];
  for (const [name, value] of Object.entries(evidence)) {
    const label = names.others[name];
    if (TOLD.has(name) || label === undefined) continue;
    if (["status", "reply_code"].includes(name) && asText(evidence.text) !== null) continue;
    lines.push([label, asText(value)]);
  }
  return lines.filter((line): line is [string, string] => line[1] !== null && line[1] !== "");
}

export const deliveryOf = ({ evidence }: Pick<Suppression, "evidence">): string | null => (typeof evidence.delivery_id === "string" ? evidence.delivery_id : null);

export interface Filter {
  search: string;
  reason: Suppression["reason"] | null;
  scope: "group" | "global" | null;
  lifted: boolean;
}

/** As the server's query; what is not filtered by is left out. */
export function queryOf({ search, reason, scope, lifted }: Filter): { search?: string; reason?: Suppression["reason"]; scope?: "group" | "global"; lifted?: boolean } {
  return { ...(search === "" ? {} : { search }), ...(reason === null ? {} : { reason }), ...(scope === null ? {} : { scope }), ...(lifted ? { lifted } : {}) };
}

export function downloadAddress(filter: Filter): string {
  const query = new URLSearchParams(Object.entries(queryOf(filter)).map(([name, value]) => [name, String(value)]));
  return `/api/mailer/v1/suppressions.csv${query.size === 0 ? "" : `?${query.toString()}`}`;
}
