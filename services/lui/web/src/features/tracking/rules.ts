import type { Content, Tracking, TrackingChoice } from "@/api/types";

export interface TrackingForm {
  level: Tracking["level"];
  opens: boolean;
  clicks: Tracking["clicks"];
  links: string[];
  identifyBy: string;
}

export const NEW_TRACKING: TrackingForm = { level: "unique", opens: true, clicks: "all", links: [], identifyBy: "" };

export function formOf(tracking: Tracking | null): TrackingForm {
  if (tracking === null) return NEW_TRACKING;
  return { level: tracking.level, opens: tracking.opens, clicks: tracking.clicks, links: tracking.links ?? [], identifyBy: tracking.identify_by ?? "" };
}

/** Only what the chosen level uses is sent. */
export function bodyOf(form: TrackingForm): TrackingChoice {
  if (form.level === "off") return { level: "off", opens: false, clicks: "none" };
  return {
    level: form.level,
    opens: form.opens,
    clicks: form.clicks,
    ...(form.clicks === "chosen" ? { links: form.links } : {}),
    ...(form.level === "personal" && form.identifyBy !== "" ? { identify_by: form.identifyBy } : {}),
  };
}

/** Levels that are possible: a message that is the same for everybody cannot tell people apart. */
export function mayUse(level: Tracking["level"], usage: "merge" | "bulk"): boolean {
  return usage === "merge" || level === "off" || level === "blind";
}

export const canSeeOpens = (content: Content | null): boolean => Boolean(content?.html);
