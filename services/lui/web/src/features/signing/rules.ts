import type { SigningKey } from "@/api/types";

/** Keys by domain, the domains in order; within one the key that signs first, the retired last. */
export function byDomain(keys: readonly SigningKey[]): [string, SigningKey[]][] {
  const rank = { active: 0, pending: 1, retired: 2 };
  const domains = new Map<string, SigningKey[]>();
  for (const key of keys) domains.set(key.domain, [...(domains.get(key.domain) ?? []), key]);
  return [...domains]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([domain, found]) => [domain, found.sort((a, b) => rank[a.state] - rank[b.state] || b.created_at.localeCompare(a.created_at))]);
}

/** What is best done next with a key. */
export function nextStep(key: SigningKey): "publish" | "activate" | "rotate" | "keepPublished" | "replace" {
  if (key.state === "retired") return "keepPublished";
  if (key.dns.state === "different") return "replace";
  if (key.dns.state !== "found") return "publish";
  return key.state === "pending" ? "activate" : "rotate";
}

/** Whether no other key signs for the domain. */
export const isOnlyActive = (key: SigningKey, all: readonly SigningKey[]): boolean =>
  key.state === "active" && !all.some((other) => other.id !== key.id && other.domain === key.domain && other.state === "active");

/** A selector nobody has used yet, by the month: `t202612`. */
export const suggestedSelector = (now: Date): string => `t${now.getUTCFullYear()}${String(now.getUTCMonth() + 1).padStart(2, "0")}`;
