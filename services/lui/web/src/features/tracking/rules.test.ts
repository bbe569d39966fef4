import { describe, expect, it } from "vitest";

import type { TrackingOptions } from "@/api/types";

import { bodyOf, firstForm, formOf, NEW_TRACKING, withCampaign } from "./rules";

const CAMPAIGN = { source: "letter", medium: "", campaign: "spring & sun", term: "", content: "" };

describe("the tracking form", () => {
  it("sends nothing but the level and the campaign when tracking is off", () => {
    const off = { ...NEW_TRACKING, level: "off", clicks: "chosen", links: ["1"], actions: true } as const;
    expect(bodyOf({ ...off, links: ["1"] })).toEqual({ level: "off", opens: false, clicks: "none" });
    expect(bodyOf({ ...off, links: ["1"], campaign: CAMPAIGN })).toMatchObject({ campaign: { source: "letter", campaign: "spring & sun" } });
  });

  it("sends of the columns only what the level uses", () => {
    const form = { ...NEW_TRACKING, links: ["1"], identifyBy: "ID", profileColumns: ["CITY"], consentColumn: "OK" };
    expect(bodyOf(form)).toEqual({ level: "unique", opens: true, clicks: "all", consent_column: "OK" });
    expect(bodyOf({ ...form, level: "blind" })).toEqual({ level: "blind", opens: true, clicks: "all" });
    expect(bodyOf({ ...form, level: "anonymous" })).toMatchObject({ profile_columns: ["CITY"], consent_column: "OK" });
    expect(bodyOf({ ...form, level: "personal", clicks: "chosen" })).toMatchObject({ links: ["1"], identify_by: "ID" });
  });

  it("comes back as it was sent", () => {
    const form = { ...NEW_TRACKING, level: "personal", opens: false, clicks: "chosen", links: ["2"], identifyBy: "ID", actions: true, cookieDays: 7, campaign: CAMPAIGN } as const;
    const saved = {
      level: "personal",
      opens: false,
      clicks: "chosen",
      links: ["2"],
      identify_by: "ID",
      consent_column: null,
      profile_columns: [],
      campaign: { ...CAMPAIGN, medium: null, term: null, content: null },
      actions: { cookie_days: 7 },
      counted: null,
      limits: [],
      warnings: [],
    } as const;
    expect(formOf({ ...saved, links: ["2"], profile_columns: [], limits: [], warnings: [] })).toEqual(form);
  });

  it("begins with what is allowed", () => {
    const levels = (["off", "blind", "unique", "anonymous", "personal"] as const).map((level) => ({ level, allowed: level === "off" || level === "blind", reason: null, limits: [] }));
    expect(firstForm(null, { levels } as unknown as TrackingOptions).level).toBe("blind");
  });
});

describe("campaign parameters", () => {
  it("stand in front of the fragment, and leave alone what is there", () => {
    expect(withCampaign("https://a.test/p?x=1#top", CAMPAIGN)).toBe("https://a.test/p?x=1&utm_source=letter&utm_campaign=spring%20%26%20sun#top");
    expect(withCampaign("https://a.test/?utm_source=own", { ...CAMPAIGN, campaign: "" })).toBe("https://a.test/?utm_source=own");
    expect(withCampaign("https://a.test", { ...CAMPAIGN, campaign: "" })).toBe("https://a.test?utm_source=letter");
  });
});
