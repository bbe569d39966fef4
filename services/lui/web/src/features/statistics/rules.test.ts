import { describe, expect, it } from "vitest";

import { formatRateOf, highestAt, MOST_COMPARED, parseComparison, parseStatistics, wantedOf } from "./rules";

describe("a rate", () => {
  it("that nobody can know is not nought", () => {
    expect(formatRateOf(null)).toBe("Not known");
    expect(formatRateOf(0)).toBe("0%");
    expect(formatRateOf(0.1234)).toBe("12.3%");
  });

  it("is marked as the highest only where there is something to compare", () => {
    expect(highestAt([0.1, null, 0.3, 0.3])).toEqual([2, 3]);
    expect(highestAt([0.2, 0.2])).toEqual([]);
    expect(highestAt([null, 0.2])).toEqual([]);
  });
});

describe("the address of statistics", () => {
  it("keeps what makes sense", () => {
    expect(parseStatistics({ days: 30, from: "yesterday", prefix: "", search: "news", judged: "cat" })).toEqual({ days: 30, search: "news" });
  });

  it("asks for 90 days, or for dates, never for both", () => {
    expect(wantedOf({}, "UTC")).toEqual({ last_days: 90, time_zone: "UTC" });
    expect(wantedOf({ days: 7, from: "2026-11-01" }, "UTC")).toEqual({ from: "2026-11-01", time_zone: "UTC" });
  });

  it("compares each job once, and not more than can stand side by side", () => {
    expect(parseComparison({ job: ["a", "a", 1, "b"] })).toEqual({ job: ["a", "b"] });
    expect(parseComparison({ job: "a" })).toEqual({});
    expect(parseComparison({ job: Array.from({ length: 50 }, (_, n) => `j${n}`) }).job).toHaveLength(MOST_COMPARED);
  });
});
