import { expect, it } from "vitest";

import type { NoticeAddress } from "@/api/types";

import { outcomeOf } from "./rules";

const addresses = (...states: NoticeAddress["state"][]) => states.map((state) => ({ state }));

it.each([
  ["waiting", [], "sending"],
  ["open", addresses("sent", "deferred"), "sending"],
  ["ended", addresses("sent", "sent"), "sent"],
  ["ended", addresses("sent", "refused"), "partly"],
  ["ended", addresses("refused", "expired"), "failed"],
  ["failed", [], "failed"],
] as const)("a notice that is %s with %j is %s", (stage, states, outcome) => {
  expect(outcomeOf({ stage, addresses: states })).toBe(outcome);
});
