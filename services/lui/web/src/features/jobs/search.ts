import { type Stage } from "@/api/types";
import { text } from "@/text/en";

/** What the job list's address says. */
export interface JobsSearch {
  search?: string | undefined;
  stage?: Stage | undefined;
  after?: string | undefined;
  /** Opens the dialog for a new job. */
  create?: true | undefined;
}

export const isStage = (value: unknown): value is Stage => typeof value === "string" && value in text.jobs.stages;

/** Reads the address; what makes no sense there is left out. */
export function parseJobsSearch(raw: object): JobsSearch {
  const { search, stage, after, create } = raw as Record<string, unknown>;
  return {
    ...(typeof search === "string" && search !== "" ? { search } : {}),
    ...(isStage(stage) ? { stage } : {}),
    ...(typeof after === "string" && after !== "" ? { after } : {}),
    ...(create === true ? { create } : {}),
  };
}
