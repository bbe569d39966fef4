import type { Delivery, Envelope, EnvelopeState } from "@/api/types";

/** In the order of a message's life; the ones that need a look stand after the ones that do not. */
export const ENVELOPE_STATES = [
  "sent",
  "queued",
  "sending",
  "deferred",
  "in_doubt",
  "refused",
  "bounced",
  "expired",
  "suppressed",
  "complained",
  "cancelled",
] as const satisfies readonly EnvelopeState[];

const WAITING: readonly EnvelopeState[] = ["queued", "sending", "deferred", "in_doubt"];
const NOT_DELIVERED: readonly EnvelopeState[] = ["refused", "bounced", "expired", "suppressed", "cancelled"];

const sum = (delivery: Delivery, states: readonly EnvelopeState[]): number => states.reduce((total, state) => total + delivery.counts[state], 0);

/** Recipients whose fate is settled, for now. */
export const settledCount = (delivery: Delivery): number => delivery.total - sum(delivery, WAITING);

export const notDeliveredCount = (delivery: Delivery): number => sum(delivery, NOT_DELIVERED);

/** Taken over by a receiving server, whatever was heard of them later. */
export const handedOverCount = (delivery: Delivery): number => sum(delivery, ["sent", "bounced", "complained"]);

/** Messages that a receiving server has decided about. */
export const attemptedCount = (delivery: Delivery): number => handedOverCount(delivery) + delivery.counts.refused;

/** The state whose recipients are worth looking at first. */
export function worstState(delivery: Delivery): EnvelopeState {
  return (["refused", "bounced", "expired", "deferred", "in_doubt", "suppressed", "complained", "cancelled"] as const).find((state) => delivery.counts[state] > 0) ?? "refused";
}

/** What the receiving server said: code, enhanced code and text, each once (servers like to repeat the second in the third). */
export function answerOf({ reply_code: code, enhanced_code: enhanced, text }: Pick<Envelope, "reply_code" | "enhanced_code" | "text">): string {
  const said = enhanced !== null && text?.startsWith(enhanced) ? text.slice(enhanced.length).trim() : text;
  return [code, enhanced, said].filter((part) => part !== null && part !== "").join(" ");
}

/** Whom a retry reaches: those who certainly got nothing. */
export const retryableCount = (delivery: Delivery): number => sum(delivery, ["refused", "expired", "cancelled"]);
