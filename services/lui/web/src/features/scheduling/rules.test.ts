import { describe, expect, it } from "vitest";

import { bodyOf, formOf, instantOf } from "./rules";

describe("a wall clock in a time zone", () => {
  it("means the instant its zone says, in winter and in summer", () => {
    expect(instantOf("2026-12-01", "13:00", "Europe/Berlin")?.toISOString()).toBe("2026-12-01T12:00:00.000Z");
    expect(instantOf("2026-07-01", "13:00", "Europe/Berlin")?.toISOString()).toBe("2026-07-01T11:00:00.000Z");
    expect(instantOf("2026-12-01", "13:00", "America/New_York")?.toISOString()).toBe("2026-12-01T18:00:00.000Z");
  });

  it("means nothing in the hour that summer time skips", () => {
    expect(instantOf("2027-03-28", "02:30", "Europe/Berlin")).toBeNull();
    expect(instantOf("2027-03-28", "03:00", "Europe/Berlin")?.toISOString()).toBe("2027-03-28T01:00:00.000Z");
  });

  it("means nothing when it is not a time or the zone is unknown", () => {
    expect(instantOf("", "", "UTC")).toBeNull();
    expect(instantOf("2026-12-01", "13:00", "Mars/Olympus")).toBeNull();
  });
});

describe("the schedule form", () => {
  it("sends date, time and zone only for a date", () => {
    const form = { mode: "immediate", date: "2026-12-01", time: "13:00", zone: "UTC", inDoubt: "skip" } as const;
    expect(bodyOf(form)).toEqual({ mode: "immediate", in_doubt: "skip" });
    expect(bodyOf({ ...form, mode: "at" })).toEqual({ mode: "at", at: "2026-12-01T13:00", time_zone: "UTC", in_doubt: "skip" });
  });

  it("shows a saved time as it was typed", () => {
    expect(formOf({ mode: "at", at: "2026-12-01T13:00", time_zone: "Asia/Tokyo", due_at: "2026-12-01T04:00:00Z", note: null, in_doubt: "ask" })).toEqual({
      mode: "at",
      date: "2026-12-01",
      time: "13:00",
      zone: "Asia/Tokyo",
      inDoubt: "ask",
    });
    expect(formOf(null).inDoubt).toBe("resend");
  });
});
