import { describe, expect, it } from "vitest";

import { formatAgo, formatBytes, formatDuration, formatShare } from "./format";

describe("numbers for people", () => {
  it("give a share of nothing as a dash", () => {
    expect(formatShare(0, 0)).toBe("–");
    expect(formatShare(1, 4)).toBe("25%");
  });

  it("give sizes in the unit that keeps them short", () => {
    expect(formatBytes(999)).toBe("999 B");
    expect(formatBytes(1_500)).toBe("1.5 kB");
    expect(formatBytes(2_000_000_000)).toBe("2 GB");
  });

  it("give spans in two units and never below zero", () => {
    expect(formatDuration(-3)).toBe("0 s");
    expect(formatDuration(125)).toBe("2 min 5 s");
    expect(formatDuration(7_260)).toBe("2 h 1 min");
  });

  it("give a recent instant relative to now", () => {
    expect(formatAgo("2026-11-22T09:55:00Z", Date.parse("2026-11-22T10:00:00Z"))).toBe("5 minutes ago");
  });
});
