import { describe, expect, it } from "vitest";

import { dashOf, inOrder, type LegendOrder, markOf, nextOrder } from "./series";

const series = [
  { name: "a", total: 2 },
  { name: "b", total: 9 },
  { name: "c", total: 2 },
];
const names = (order: LegendOrder) => inOrder(series, order).map(({ name }) => name).join("");

describe("the legend", () => {
  it("goes round: as given, highest first, lowest first", () => {
    expect([nextOrder("given"), nextOrder("highest"), nextOrder("lowest")]).toEqual(["highest", "lowest", "given"]);
    expect([names("given"), names("highest"), names("lowest")]).toEqual(["abc", "bac", "acb"]);
  });

  it("tells each of twelve series apart without colour", () => {
    const looks = Array.from({ length: 12 }, (_, index) => `${markOf(index)}/${dashOf(index).join()}`);
    expect(new Set(looks).size).toBeGreaterThanOrEqual(8);
    expect(looks[0]).not.toBe(looks[1]);
  });
});
