import { useQuery } from "@tanstack/react-query";

import { lui, valueOf } from "@/api/client";
import { Problem } from "@/api/problem";
import { keys } from "@/api/queries";
import type { TrackingOptions } from "@/api/types";

const LEVELS = ["off", "blind", "unique", "anonymous", "personal"] as const;

/** What could be chosen if nothing stood in the way; used until the recipients are there. */
const UNRESTRICTED: TrackingOptions = {
  levels: LEVELS.map((level) => ({ level, allowed: true, reason: null, limits: [] })),
  actions_allowed: false,
  actions_reason: null,
  columns: [],
  profile_columns: [],
  suggested_consent_column: null,
  smallest_profile: 10,
  max_profile_columns: 5,
  max_profiles: 1_000,
};

/** What this job can choose from, and why not the rest. */
export function useOptions(jobId: string) {
  return useQuery({
    queryKey: [...keys.step(jobId, "tracking"), "options"],
    refetchOnWindowFocus: false,
    queryFn: async ({ signal }) => {
      try {
        return valueOf(await lui.GET("/api/v1/jobs/{job_id}/tracking/options", { params: { path: { job_id: jobId } }, signal }));
      } catch (error) {
        if (error instanceof Problem && (error.status === 404 || error.status === 409)) return UNRESTRICTED;
        throw error;
      }
    },
  });
}
