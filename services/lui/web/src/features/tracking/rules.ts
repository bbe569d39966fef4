import type { Content, Tracking, TrackingChoice, TrackingOptions } from "@/api/types";

export const CAMPAIGN_FIELDS = ["source", "medium", "campaign", "term", "content"] as const;
export type CampaignField = (typeof CAMPAIGN_FIELDS)[number];
export type Campaign = Record<CampaignField, string>;

export interface TrackingForm {
  level: Tracking["level"];
  opens: boolean;
  clicks: Tracking["clicks"];
  links: string[];
  identifyBy: string;
  consentColumn: string;
  profileColumns: string[];
  campaign: Campaign;
  actions: boolean;
  cookieDays: number;
}

const NO_CAMPAIGN: Campaign = { source: "", medium: "", campaign: "", term: "", content: "" };

export const NEW_TRACKING: TrackingForm = {
  level: "unique",
  opens: true,
  clicks: "all",
  links: [],
  identifyBy: "",
  consentColumn: "",
  profileColumns: [],
  campaign: NO_CAMPAIGN,
  actions: false,
  cookieDays: 30,
};

export function formOf(tracking: Tracking | null): TrackingForm {
  if (tracking === null) return NEW_TRACKING;
  return {
    level: tracking.level,
    opens: tracking.opens,
    clicks: tracking.clicks,
    links: tracking.links ?? [],
    identifyBy: tracking.identify_by ?? "",
    consentColumn: tracking.consent_column ?? "",
    profileColumns: tracking.profile_columns,
    campaign: Object.fromEntries(CAMPAIGN_FIELDS.map((field) => [field, tracking.campaign?.[field] ?? ""])) as Campaign,
    actions: tracking.actions !== null,
    cookieDays: tracking.actions?.cookie_days ?? NEW_TRACKING.cookieDays,
  };
}

/** The level to begin with: the one we would choose, or the most that is allowed. */
export function firstForm(tracking: Tracking | null, options: TrackingOptions | null): TrackingForm {
  const form = formOf(tracking);
  if (tracking !== null || options === null || options.levels.some(({ level, allowed }) => level === form.level && allowed)) return form;
  return { ...form, level: options.levels.findLast(({ allowed }) => allowed)?.level ?? "off" };
}

/** Levels at which it matters who consented, and at which one visit can be told from another. */
export const knowsPeople = (level: Tracking["level"]): boolean => level === "unique" || level === "anonymous" || level === "personal";

/** Only what the chosen level uses is sent. */
export function bodyOf(form: TrackingForm): TrackingChoice {
  const said = Object.entries(form.campaign).filter(([, value]) => value.trim() !== "");
  const campaign = said.length === 0 ? {} : { campaign: Object.fromEntries(said) };
  if (form.level === "off") return { level: "off", opens: false, clicks: "none", ...campaign };
  return {
    level: form.level,
    opens: form.opens,
    clicks: form.clicks,
    ...(form.clicks === "chosen" ? { links: form.links } : {}),
    ...(form.level === "personal" && form.identifyBy !== "" ? { identify_by: form.identifyBy } : {}),
    ...(knowsPeople(form.level) && form.consentColumn !== "" ? { consent_column: form.consentColumn } : {}),
    ...(form.level === "anonymous" && form.profileColumns.length > 0 ? { profile_columns: form.profileColumns } : {}),
    ...(knowsPeople(form.level) && form.actions ? { actions: { cookie_days: form.cookieDays } } : {}),
    ...campaign,
  };
}

/** How a link looks with the campaign, as the mailing will have it: parameters it has already are left alone. */
export function withCampaign(url: string, campaign: Campaign): string {
  const [head = "", ...rest] = url.split("#");
  const fragment = rest.length > 0 ? `#${rest.join("#")}` : "";
  const query = head.includes("?") ? head.slice(head.indexOf("?") + 1) : "";
  const present = new Set(query.split(/[&;]/).map((piece) => piece.split("=")[0]));
  const lacking = CAMPAIGN_FIELDS.filter((field) => campaign[field].trim() !== "" && !present.has(`utm_${field}`)).map(
    (field) => `utm_${field}=${encodeURIComponent(campaign[field].trim())}`,
  );
  if (lacking.length === 0) return url;
  const joint = /[?&]$/.test(head) ? "" : head.includes("?") ? "&" : "?";
  return `${head}${joint}${lacking.join("&")}${fragment}`;
}

export const canSeeOpens = (content: Content | null): boolean => Boolean(content?.html);
