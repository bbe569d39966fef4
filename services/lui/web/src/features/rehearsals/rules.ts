import type { Job, RehearsalAnswers } from "@/api/types";

export type Preset = "friendly" | "ordinary" | "rough" | "own";

/** Shares in percent, as people think of them; a field left empty is none. */
export interface RehearsalForm {
  preset: Preset;
  limit: number | string;
  greylist: number | string;
  refuse: number | string;
  dropAfterDot: number | string;
  slow: number | string;
  slowSeconds: number | string;
}

export const EMPTY_FORM: RehearsalForm = { preset: "ordinary", limit: "", greylist: 5, refuse: 2, dropAfterDot: 0, slow: 0, slowSeconds: 2 };

/** The same script answers the same each time, so that two rehearsals can be compared. */
const SEED = 0;

/** What the presets mean. Every share is one that real mailings meet; the rough day is worse than most. */
const SCRIPTS: Record<Exclude<Preset, "own">, RehearsalAnswers> = {
  friendly: { accept: 1, greylist: 0, refuse: 0, drop_after_dot: 0, slow: 0, slow_seconds: 0 },
  ordinary: { accept: 0.92, greylist: 0.04, refuse: 0.03, drop_after_dot: 0, slow: 0.01, slow_seconds: 1 },
  rough: { accept: 0.65, greylist: 0.15, refuse: 0.1, drop_after_dot: 0.05, slow: 0.05, slow_seconds: 2 },
};

const hundredths = (percent: number | string): number => Math.round(Number(percent) * 100);

/** What is left for plain acceptance, in percent. Counted in whole hundredths, because shares must add up exactly. */
export function acceptedPercent({ greylist, refuse, dropAfterDot, slow }: Pick<RehearsalForm, "greylist" | "refuse" | "dropAfterDot" | "slow">): number {
  return (10_000 - hundredths(greylist) - hundredths(refuse) - hundredths(dropAfterDot) - hundredths(slow)) / 100;
}

export function answersOf(form: RehearsalForm): RehearsalAnswers {
  if (form.preset !== "own") return SCRIPTS[form.preset];
  const share = (percent: number | string) => hundredths(percent) / 10_000;
  return {
    accept: hundredths(acceptedPercent(form)) / 10_000,
    greylist: share(form.greylist),
    refuse: share(form.refuse),
    drop_after_dot: share(form.dropAfterDot),
    slow: share(form.slow),
    slow_seconds: Number(form.slowSeconds),
  };
}

export function bodyOf(form: RehearsalForm): { limit?: number; answers: RehearsalAnswers; seed: number } {
  return { ...(form.limit === "" ? {} : { limit: Number(form.limit) }), answers: answersOf(form), seed: SEED };
}

export const isShare = (value: number | string): boolean => value === "" || (Number(value) >= 0 && Number(value) <= 100);

/** Whether a rehearsal can be started now: the server allows it, and there is something to rehearse. */
export const mayRehearse = (job: Job): boolean => job.allowed_actions.includes("rehearse") && job.steps.test.state !== "locked";
