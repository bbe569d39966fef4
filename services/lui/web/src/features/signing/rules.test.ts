import { describe, expect, it } from "vitest";

import type { SigningKey } from "@/api/types";

import { byDomain, isOnlyActive, nextStep, suggestedSelector } from "./rules";

const key = (id: string, state: SigningKey["state"], dns: SigningKey["dns"]["state"] = "found", domain = "b.example"): SigningKey =>
  ({ id, domain, state, dns: { state: dns, checked_at: null, found: null }, created_at: `2026-01-0${id}` }) as SigningKey;

describe("signing keys", () => {
  it("stand by domain, the one that signs first", () => {
    const listed = byDomain([key("1", "retired"), key("2", "pending"), key("3", "active"), key("4", "active", "found", "a.example")]);
    expect(listed.map(([domain, keys]) => [domain, keys.map((each) => each.id)])).toEqual([
      ["a.example", ["4"]],
      ["b.example", ["3", "2", "1"]],
    ]);
  });

  it("say what to do next", () => {
    expect(nextStep(key("1", "pending", "missing"))).toBe("publish");
    expect(nextStep(key("1", "pending", "different"))).toBe("replace");
    expect(nextStep(key("1", "pending"))).toBe("activate");
    expect(nextStep(key("1", "active"))).toBe("rotate");
    expect(nextStep(key("1", "active", "missing"))).toBe("publish");
    expect(nextStep(key("1", "retired", "missing"))).toBe("keepPublished");
  });

  it("warn when the last one that signs goes", () => {
    const one = key("1", "active");
    expect(isOnlyActive(one, [one, key("2", "pending")])).toBe(true);
    expect(isOnlyActive(one, [one, key("2", "active")])).toBe(false);
    expect(isOnlyActive(one, [one, key("2", "active", "found", "a.example")])).toBe(true);
  });

  it("get a selector by the month", () => {
    expect(suggestedSelector(new Date("2026-12-01T00:00:00Z"))).toBe("t202612");
  });
});
