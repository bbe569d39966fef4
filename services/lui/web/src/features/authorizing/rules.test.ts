import { describe, expect, it } from "vitest";

import { isBlocked, stillThere } from "./rules";

const problem = (code: string, canOverride: boolean) => ({ code, detail: "", can_override: canOverride });
const found = (...problems: ReturnType<typeof problem>[]) => ({ problems, warnings: [{ code: "w", detail: "" }] });

describe("what stands in the way of authorizing", () => {
  it("is nothing when there are only warnings", () => {
    expect(isBlocked(found(), [])).toBe(false);
  });

  it("is passed over only by a tick for each, and only where that is allowed", () => {
    expect(isBlocked(found(problem("dkim", true)), [])).toBe(true);
    expect(isBlocked(found(problem("dkim", true)), ["dkim"])).toBe(false);
    expect(isBlocked(found(problem("dkim", true), problem("other", true)), ["dkim"])).toBe(true);
    expect(isBlocked(found(problem("size", false)), ["size"])).toBe(true);
  });

  it("a tick for what is gone is not sent", () => {
    expect(stillThere(found(problem("dkim", true), problem("dkim", true)), ["dkim", "gone"])).toEqual(["dkim"]);
  });
});
