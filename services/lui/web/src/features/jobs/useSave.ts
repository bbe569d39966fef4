import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useState } from "react";

import type { Versioned } from "@/api/client";
import { Problem } from "@/api/problem";
import { type Job, STEP_ORDER, type StepName } from "@/api/types";

import { STEP_PAGES } from "./JobRail";
import { useJobChanged } from "./useJob";

export interface Saving<Body> {
  save: (body: Body, options?: { andContinue?: boolean }) => void;
  busy: boolean;
  /** What failed, unless somebody else's change was in the way. */
  error: Problem | null;
  conflict: boolean;
  dismissConflict: () => void;
}

interface Options<Body> {
  step: StepName;
  send: (body: Body) => Promise<Versioned<Job>>;
  onSaved?: () => void;
  onFailed?: (problem: Problem) => void;
}

/** Saves a step: the job that comes back is shown everywhere, a change made meanwhile becomes `conflict`. */
export function useSave<Body>({ step, send, onSaved, onFailed }: Options<Body>): Saving<Body> {
  const jobChanged = useJobChanged();
  const navigate = useNavigate();
  const [conflict, setConflict] = useState(false);
  const mutation = useMutation({
    mutationFn: ({ body }: { body: Body; andContinue: boolean }) => send(body),
    onSuccess: async (saved, { andContinue }) => {
      await jobChanged(saved);
      onSaved?.();
      const next = STEP_ORDER[STEP_ORDER.indexOf(step) + 1];
      if (andContinue && next !== undefined) await navigate({ to: STEP_PAGES[next], params: { jobId: saved.value.id }, ignoreBlocker: true });
    },
    onError: (error) => {
      if (error instanceof Problem && error.status === 412) setConflict(true);
      else if (error instanceof Problem) onFailed?.(error);
    },
  });
  const { mutate } = mutation;
  const failed = mutation.error instanceof Problem ? mutation.error : null;
  return {
    save: useCallback((body, options) => mutate({ body, andContinue: options?.andContinue ?? false }), [mutate]),
    busy: mutation.isPending,
    error: failed?.status === 412 ? null : failed,
    conflict,
    dismissConflict: () => setConflict(false),
  };
}
