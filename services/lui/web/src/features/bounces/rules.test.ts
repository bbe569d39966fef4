import { describe, expect, it } from "vitest";

import type { BounceReport } from "@/api/types";

import { classWords, countOf, downloadAddress, sorted } from "./rules";

const group = (name: BounceReport["by_class"][number]["class"], count: number, permanent = false) => ({ class: name, count, permanent, share: 0 });

describe("the groups of bounces", () => {
  it("stand in the order of their size, and empty ones nowhere", () => {
    expect(sorted([group("policy", 1), group("network", 0), group("protocol", 5), group("unknown_mailbox", 1, true)]).map((each) => each.class)).toEqual(["protocol", "unknown_mailbox", "policy"]);
  });

  it("have words, and those without are still readable", () => {
    expect(classWords("unknown_mailbox").name).toBe("No such mailbox");
    expect(classWords("moon_phase")).toEqual({ name: "Moon phase", meaning: "" });
  });

  it("are counted as chosen", () => {
    expect(countOf([group("policy", 3), group("policy", 2, true), group("network", 4)], ["policy"])).toBe(5);
  });
});

describe("the download", () => {
  it("names the chosen groups and whether reasons are wanted", () => {
    expect(downloadAddress("j/1", ["policy", "mailbox_full"], true)).toBe("/api/v1/jobs/j%2F1/report/bounces.csv?class=policy&class=mailbox_full&reasons=true");
    expect(downloadAddress("j", [], false)).toBe("/api/v1/jobs/j/report/bounces.csv?reasons=false");
  });
});
