import { describe, expect, it } from "vitest";

import type { Delivery } from "@/api/types";

import { answerOf, ENVELOPE_STATES, handedOverCount, notDeliveredCount, retryableCount, settledCount, worstState } from "./rules";

const NOTHING = { queued: 0, sending: 0, deferred: 0, in_doubt: 0, sent: 0, refused: 0, suppressed: 0, expired: 0, cancelled: 0, bounced: 0, complained: 0 };

const delivery = (counts: Partial<Delivery["counts"]>): Delivery => {
  const all = { ...NOTHING, ...counts };
  return { counts: all, total: Object.values(all).reduce((a, b) => a + b, 0) } as Delivery;
};

describe("what a receiving server said", () => {
  it("is given without saying anything twice", () => {
    expect(answerOf({ reply_code: 550, enhanced_code: "5.1.1", text: "5.1.1 No such user" })).toBe("550 5.1.1 No such user");
    expect(answerOf({ reply_code: 421, enhanced_code: null, text: "Busy" })).toBe("421 Busy");
    expect(answerOf({ reply_code: null, enhanced_code: null, text: null })).toBe("");
  });
});

describe("what a delivery's counts say", () => {
  it("settled is everybody who waits for nothing", () => {
    expect(settledCount(delivery({ queued: 3, sending: 1, deferred: 2, in_doubt: 1, sent: 5, refused: 1 }))).toBe(6);
  });

  it("a bounce was handed over once and is not delivered now", () => {
    const one = delivery({ sent: 4, bounced: 1, complained: 1, refused: 2 });
    expect(handedOverCount(one)).toBe(6);
    expect(notDeliveredCount(one)).toBe(3);
  });

  it("the list of people opens at what went wrong", () => {
    expect(worstState(delivery({ sent: 5, deferred: 1, bounced: 1 }))).toBe("bounced");
    expect(worstState(delivery({ sent: 5 }))).toBe("refused");
  });

  it("a retry reaches those who certainly got nothing, and nobody else", () => {
    expect(retryableCount(delivery({ sent: 9, in_doubt: 1, bounced: 2, suppressed: 4, refused: 1, expired: 2, cancelled: 3 }))).toBe(6);
  });

  it("every state is shown", () => {
    expect([...ENVELOPE_STATES].sort()).toEqual(Object.keys(NOTHING).sort());
  });
});
