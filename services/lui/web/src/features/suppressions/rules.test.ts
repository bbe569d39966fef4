import { describe, expect, it } from "vitest";

import { deliveryOf, downloadAddress, evidenceOf, isReason, queryOf } from "./rules";

describe("the evidence of a suppression", () => {
  it("says first what the server said, once", () => {
    expect(evidenceOf({ evidence: { delivery_id: "d", ordinal: 4, status: "5.1.1", reply_code: 550, text: "No such user" } })).toEqual([
      ["The server said", "550 5.1.1 No such user"],
      ["Recipient number", "4"],
    ]);
  });

  it("leaves out what nobody could read", () => {
    expect(evidenceOf({ evidence: { internal_thing: { a: 1 }, count: 5, text: "" } })).toEqual([["Failures in a row", "5"]]);
    expect(evidenceOf({ evidence: {} })).toEqual([]);
  });

  it("leads to its delivery where it has one", () => {
    expect(deliveryOf({ evidence: { delivery_id: "d" } })).toBe("d");
    expect(deliveryOf({ evidence: {} })).toBeNull();
  });
});

describe("the filters", () => {
  it("ask only for what was chosen", () => {
    expect(queryOf({ search: "", reason: null, scope: null, lifted: false })).toEqual({});
    expect(downloadAddress({ search: "a b", reason: "complaint", scope: "global", lifted: true })).toBe("/api/mailer/v1/suppressions.csv?search=a+b&reason=complaint&scope=global&lifted=true");
  });

  it("know the reasons there are", () => {
    expect([isReason("complaint"), isReason("moon_phase"), isReason("")]).toEqual([true, false, false]);
  });
});
