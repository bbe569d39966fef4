import { describe, expect, it } from "vitest";

import type { ReportQuery } from "@/api/reports";

import { COLOURS, isSameQuery, missingIn, MOST_SOURCES, nameOf, newQuery, newSource, readQuery, withCopyOf, withEvent, withSource } from "./query";

const query: ReportQuery = newQuery("Europe/Berlin", ["j1"]);

/** Relative luminance, as WCAG defines it. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe("the sources of a query", () => {
  it("get colours that can be seen in light and dark, each its own", () => {
    for (const color of COLOURS) expect([color, contrast(color, "#ffffff") >= 3, contrast(color, "#1c2021") >= 3]).toEqual([color, true, true]);
    const sources = COLOURS.reduce<ReportQuery["sources"]>((taken) => [...taken, newSource(taken)], []);
    expect(new Set(sources.map((source) => source.color)).size).toBe(COLOURS.length);
  });

  it("are copied right behind the original, in another colour, and never beyond the most there may be", () => {
    const named = { ...query, sources: [{ ...newSource([]), name: "Autumn" }, newSource([newSource([])])] };
    const copied = withCopyOf(named, 0);
    expect(copied.sources.map((source) => source.name ?? null)).toEqual(["Autumn", "Copy of Autumn", null]);
    expect(new Set(copied.sources.map((source) => source.color)).size).toBe(3);
    const full = { ...query, sources: Array.from({ length: MOST_SOURCES }, () => newSource([])) };
    expect(withCopyOf(full, 0).sources).toHaveLength(MOST_SOURCES);
  });

  it("follow the first to other jobs while they have the same, and never another one", () => {
    const two = newQuery("UTC", ["a"]);
    const [first, second] = two.sources as [ReportQuery["sources"][0], ReportQuery["sources"][0]];
    expect(withSource(two, 0, { ...first, job_ids: ["a", "b"] }).sources.map((source) => source.job_ids)).toEqual([["a", "b"], ["a", "b"]]);
    expect(withSource(two, 1, { ...second, job_ids: ["b"] }).sources.map((source) => source.job_ids)).toEqual([["a"], ["b"]]);
    const apart = withSource(two, 1, { ...second, job_ids: ["b"] });
    expect(withSource(apart, 0, { ...first, job_ids: ["c"] }).sources.map((source) => source.job_ids)).toEqual([["c"], ["b"]]);
  });

  it("lose their links with the clicks they belong to", () => {
    const clicks = { ...newSource([], ["j1"], "clicks" as const), links: ["Shop"] };
    expect(withEvent(clicks, "clicks_text").links).toEqual(["Shop"]);
    expect(withEvent(clicks, "opens").links).toBeUndefined();
    expect(withEvent({ ...clicks, tags: ["t"] }, "actions")).not.toHaveProperty("links");
  });

  it("are named after what they count", () => {
    const titles = new Map([["j1", "Autumn news"]]);
    expect(nameOf({ event: "clicks_html", job_ids: ["j1"], links: ["Shop"] }, titles)).toBe("Clicks in HTML on Shop · Autumn news");
    expect(nameOf({ event: "opens", job_ids: ["j1", "j2"] }, titles)).toBe("Opens");
    expect(nameOf({ event: "opens", job_ids: [], name: "Mine" })).toBe("Mine");
  });
});

describe("a query", () => {
  it("says what it still needs", () => {
    expect(missingIn({ ...query, sources: [] })).toMatch(/source/);
    expect(missingIn(newQuery("UTC"))).toMatch(/job/);
    expect(missingIn({ ...query, period: { from: "2026-11-02", to: "2026-11-01" } })).toMatch(/before/);
    expect(missingIn(query)).toBeNull();
  });

  it("is the same when only nothing was added, and another when anything differs", () => {
    expect(isSameQuery(query, { ...query, judged: null, columns: [] })).toBe(true);
    expect(isSameQuery(query, { ...query, judged: "human" })).toBe(false);
    expect(isSameQuery(query, { ...query, sources: [...query.sources].reverse() })).toBe(false);
  });

  it("survives the address, and nonsense in the address is no query", () => {
    expect(readQuery(JSON.parse(JSON.stringify(query)))).toEqual(query);
    for (const nonsense of [null, "x", [], {}, { ...query, type: "pie" }, { ...query, sources: [{}] }, { ...query, period: { last_days: -1 } }, { ...query, columns: [1] }]) {
      expect(readQuery(nonsense)).toBeNull();
    }
  });
});
