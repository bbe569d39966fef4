import { describe, expect, it } from "vitest";

import { bodyOf, formOf, mayUse, NEW_TRACKING } from "./rules";

describe("the tracking form", () => {
  it("sends nothing but the level when tracking is off", () => {
    expect(bodyOf({ ...NEW_TRACKING, level: "off", clicks: "chosen", links: ["1"] })).toEqual({ level: "off", opens: false, clicks: "none" });
  });

  it("sends chosen links only when links are chosen, and the column only at the personal level", () => {
    expect(bodyOf({ ...NEW_TRACKING, links: ["1"], identifyBy: "ID" })).toEqual({ level: "unique", opens: true, clicks: "all" });
    expect(bodyOf({ ...NEW_TRACKING, level: "personal", clicks: "chosen", links: ["1"], identifyBy: "ID" })).toEqual({
      level: "personal",
      opens: true,
      clicks: "chosen",
      links: ["1"],
      identify_by: "ID",
    });
  });

  it("comes back as it was sent", () => {
    const form = { level: "personal", opens: false, clicks: "chosen", links: ["2"], identifyBy: "ID" } as const;
    expect(bodyOf({ ...form, links: ["2"] })).toMatchObject({ level: "personal", opens: false, clicks: "chosen", links: ["2"], identify_by: "ID" });
    expect(formOf({ level: "personal", opens: false, clicks: "chosen", links: ["2"], identify_by: "ID", warnings: [] })).toEqual(form);
  });

  it("offers bulk mailings only what tells nobody apart", () => {
    expect((["off", "blind", "unique", "anonymous", "personal"] as const).filter((level) => mayUse(level, "bulk"))).toEqual(["off", "blind"]);
  });
});
