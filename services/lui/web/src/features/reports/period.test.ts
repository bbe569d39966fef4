import { describe, expect, it } from "vitest";

import { boundsOf, drilled, monthsUpTo, periodLabel, readSteps, stepInto, stepLabel, writeSteps } from "./period";
import { newQuery } from "./query";

const today = "2026-11-22";
const byMonth = { ...newQuery("Europe/Berlin", ["j"]), interval: "month" as const, period: {} };

describe("a period", () => {
  it("has the days its words promise, the last of a month included", () => {
    expect(boundsOf({ last_days: 7 }, today)).toEqual({ from: "2026-11-16", to: "2026-11-22" });
    expect(boundsOf({ month: "2028-02" }, today)).toEqual({ from: "2028-02-01", to: "2028-02-29" });
    expect(boundsOf({}, today)).toEqual({});
  });

  it("is told in words", () => {
    expect(periodLabel({})).toBe("From the beginning until now");
    expect(periodLabel({ last_days: 30 })).toBe("Last 30 days");
    expect(periodLabel({ month: "2026-11" })).toMatch(/November/);
  });

  it("offers months across the year's end", () => {
    expect(monthsUpTo("2026-02-28", 4)).toEqual(["2026-02", "2026-01", "2025-12", "2025-11"]);
  });
});

describe("looking into an interval", () => {
  it("goes from a month to its days and from a day to its hours, in the report's zone", () => {
    const month = stepInto("month", "2026-10-31T23:00:00Z", "Europe/Berlin");
    expect(month).toEqual({ interval: "month", start: "2026-11-01" });
    const days = drilled(byMonth, [month ?? never()], today);
    expect([days.interval, days.period]).toEqual(["day", { from: "2026-11-01", to: "2026-11-30" }]);
    const day = stepInto("day", "2026-11-16T23:00:00Z", "Europe/Berlin");
    const hours = drilled(byMonth, [month ?? never(), day ?? never()], today);
    expect([hours.interval, hours.period]).toEqual(["hour", { from: "2026-11-17", to: "2026-11-17" }]);
    expect(stepInto("hour", "2026-11-17T08:00:00Z", "Europe/Berlin")).toBeNull();
  });

  it("never shows more than the report itself: the parts of an interval sum up to it", () => {
    const cut = { ...byMonth, period: { from: "2026-11-15", to: "2027-01-10" } };
    expect(drilled(cut, [{ interval: "month", start: "2026-11-01" }], today).period).toEqual({ from: "2026-11-15", to: "2026-11-30" });
    expect(drilled(cut, [{ interval: "month", start: "2027-01-01" }], today).period).toEqual({ from: "2027-01-01", to: "2027-01-10" });
    const rolling = { ...byMonth, interval: "week" as const, period: { last_days: 9 } };
    expect(drilled(rolling, [{ interval: "week", start: "2026-11-09" }], today).period).toEqual({ from: "2026-11-14", to: "2026-11-15" });
  });

  it("can be shared as an address, and an address of nonsense leads nowhere", () => {
    const steps = [
      { interval: "month" as const, start: "2026-11-01" },
      { interval: "day" as const, start: "2026-11-17" },
    ];
    expect(readSteps(writeSteps(steps))).toEqual(steps);
    expect(readSteps(["month:2026-11-01", "year:2026-01-01", "day:2026-11-17"])).toEqual(steps.slice(0, 1));
    expect([readSteps(undefined), readSteps("day:2026-11-17"), readSteps(["day:2026-99-99"])]).toEqual([[], [], []]);
    expect(stepLabel({ interval: "week", start: "2026-11-16" })).toMatch(/^Week of .*2026/);
  });
});

function never(): never {
  throw new Error("no step");
}
