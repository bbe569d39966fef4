import { type Stage } from "@/api/types";
import { text } from "@/text/en";

/** What the job list's address says. */
export interface JobsSearch {
  search?: string | undefined;
  stage?: Stage | undefined;
  after?: string | undefined;
}

export const isStage = (value: unknown): value is Stage => typeof value === "string" && value in text.jobs.stages;

/** Reads the address; what makes no sense there is left out. */
export function parseJobsSearch(raw: Record<string, unknown>): JobsSearch {
  return {
    ...(typeof raw.search === "string" && raw.search !== "" ? { search: raw.search } : {}),
    ...(isStage(raw.stage) ? { stage: raw.stage } : {}),
    ...(typeof raw.after === "string" && raw.after !== "" ? { after: raw.after } : {}),
  };
}
