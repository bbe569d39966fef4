import type { JobDelivery, StepState } from "@/api/types";

export type Verdict = "accepted" | "rejected" | "outdated" | "open";

/** What was decided about a test; an accepted one is outdated once the step is not done any more. Null: nothing to say. */
export function lastVerdict(delivery: JobDelivery, latest: boolean, step: StepState): Verdict | null {
  if (delivery.verdict === "accepted") return step === "done" ? "accepted" : "outdated";
  if (delivery.verdict === "rejected") return "rejected";
  return latest && step !== "done" ? "open" : null;
}
