import { describe, expect, it } from "vitest";

import { acceptedPercent, answersOf, bodyOf, EMPTY_FORM, isShare, type Preset } from "./rules";

const own = { ...EMPTY_FORM, preset: "own" as const };
const sum = (form: Parameters<typeof answersOf>[0]) => {
  const { accept, greylist, refuse, drop_after_dot: drop, slow } = answersOf(form);
  return Number(accept) + greylist + refuse + drop + slow;
};

describe("the script of a rehearsal", () => {
  it("always speaks of everybody", () => {
    for (const preset of ["friendly", "ordinary", "rough"] satisfies Preset[]) expect(sum({ ...EMPTY_FORM, preset })).toBeCloseTo(1, 9);
    expect(sum({ ...own, greylist: 33.33, refuse: 0.1, dropAfterDot: "", slow: 12.5 })).toBeCloseTo(1, 9);
  });

  it("gives the rest to acceptance, without crumbs", () => {
    expect(acceptedPercent({ greylist: 0.1, refuse: 0.2, dropAfterDot: "", slow: 0 })).toBe(99.7);
    expect(acceptedPercent({ greylist: 60, refuse: 60, dropAfterDot: 0, slow: 0 })).toBe(-20);
  });

  it("asks for all recipients unless told otherwise", () => {
    expect(bodyOf(EMPTY_FORM)).not.toHaveProperty("limit");
    expect(bodyOf({ ...EMPTY_FORM, limit: 50 }).limit).toBe(50);
  });

  it("knows a share when it sees one", () => {
    expect([isShare(""), isShare(0), isShare(100), isShare(-1), isShare(101)]).toEqual([true, true, true, false, false]);
  });
});
