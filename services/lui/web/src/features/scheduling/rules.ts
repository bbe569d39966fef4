import type { InDoubt, Schedule, ScheduleChoice } from "@/api/types";

export interface ScheduleForm {
  mode: "immediate" | "at" | "trigger";
  date: string;
  time: string;
  zone: string;
  /** What becomes of messages whose outcome nobody knows. */
  inDoubt: InDoubt;
}

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Every zone the browser knows, with UTC. */
export function timeZones(): string[] {
  return [...new Set(["UTC", ownZone(), ...Intl.supportedValuesOf("timeZone")])].sort();
}

export function formOf(schedule: Schedule | null): ScheduleForm {
  const [date = "", time = ""] = (schedule?.at ?? "").split("T");
  return { mode: schedule?.mode ?? "immediate", date, time: time.slice(0, 5), zone: schedule?.time_zone ?? ownZone(), inDoubt: schedule?.in_doubt ?? "resend" };
}

export function bodyOf(form: ScheduleForm): ScheduleChoice {
  const when = form.mode === "at" ? { mode: form.mode, at: `${form.date}T${form.time}`, time_zone: form.zone } : { mode: form.mode };
  return { ...when, in_doubt: form.inDoubt };
}

function offsetAt(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(instant);
  const part = (type: string) => Number(parts.find((candidate) => candidate.type === type)?.value);
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second")) - Math.floor(instant / 1000) * 1000;
}

/**
 * The instant that a wall clock in `zone` means, for showing only; null when that clock never shows it (the gap when
 * summer time begins) or the text is no time. The server decides about what is saved.
 */
export function instantOf(date: string, time: string, zone: string): Date | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || !/^\d\d:\d\d$/.test(time)) return null;
  const wall = Date.parse(`${date}T${time}:00Z`);
  if (Number.isNaN(wall)) return null;
  try {
    // Two rounds: the offset at the first guess may be the one on the other side of a change.
    const guess = wall - offsetAt(wall, zone);
    const instant = wall - offsetAt(guess, zone);
    return instant + offsetAt(instant, zone) === wall ? new Date(instant) : null;
  } catch {
    return null;
  }
}
