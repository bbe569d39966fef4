import { describe, expect, it } from "vitest";

import { isQuiet, monthPlus, WEEKDAYS, weeksOf } from "./rules";

describe("the calendar", () => {
  it("begins weeks on Monday and holds every day of the month once", () => {
    const november = weeksOf("2026-11");
    expect(november[0]).toEqual([null, null, null, null, null, null, "2026-11-01"]);
    expect(november.at(-1)).toEqual(["2026-11-30", null, null, null, null, null, null]);
    expect(november.flat().filter((day) => day !== null)).toHaveLength(30);
    expect(weeksOf("2027-02").flat()).toEqual(Array.from({ length: 28 }, (_, day) => `2027-02-${String(day + 1).padStart(2, "0")}`));
    expect(WEEKDAYS[0]?.long).toBe("Monday");
  });

  it("goes across the year's end", () => {
    expect([monthPlus("2026-12", 1), monthPlus("2026-01", -1)]).toEqual(["2027-01", "2025-12"]);
  });
});

describe("days of activity", () => {
  it("are quiet when nothing happened, also where clicks may not be seen", () => {
    expect(isQuiet([{ sent: 0, opens: null, clicks: null }])).toBe(true);
    expect(isQuiet([{ sent: 0, opens: 0, clicks: 1 }])).toBe(false);
  });
});
