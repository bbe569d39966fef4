import { describe, expect, it } from "vitest";

import type { Possibilities } from "@/api/reports";
import type { Report } from "@/api/types";

import { impossibleIn, reasonAgainst } from "./possible";
import { newQuery } from "./query";
import { linksOf, matching } from "./rules";
import { countOf } from "./shown";

const link = (id: string, total: number, alias: string | null = null) => ({ link_id: id, alias, url: `https://shop.example/${id}`, part: "html" as const, total, unique: null });
const report = (links: ReturnType<typeof link>[]) => ({ by_link: links }) as unknown as Report;

describe("the links of a report", () => {
  it("stand in the order of their clicks, with those of people beside them", () => {
    const links = linksOf(report([link("a", 1), link("b", 9, "Shop")]), report([link("b", 4)]));
    expect(links.map(({ label, total, humans }) => [label, total, humans])).toEqual([
      ["Shop", 9, 4],
      ["https://shop.example/a", 1, 0],
    ]);
    expect(linksOf(report([link("a", 1)]), undefined)[0]?.humans).toBeNull();
  });

  it("are found by alias or address, whatever the letter case", () => {
    const links = linksOf(report([link("a", 1), link("b", 9, "Shop window")]), undefined);
    expect(matching(links, " WINDOW").map(({ id }) => id)).toEqual(["b"]);
    expect(matching(links, "shop.example/a").map(({ id }) => id)).toEqual(["a"]);
    expect(matching(links, "")).toHaveLength(2);
  });
});

describe("what is possible", () => {
  const possible: Possibilities = {
    types: [{ value: "recipients", possible: false, reason: "nobody knows who" }],
    counts: [{ value: "unique", possible: false, reason: "nobody is told apart" }],
    events: [{ value: "clicks", possible: true, reason: null }],
    links: [],
    tags: [],
    columns: [],
    groups: [],
    jobs: [],
  };

  it("is said with the server's reason, and what it has not spoken of is not forbidden", () => {
    expect(reasonAgainst(possible.counts, "unique")).toBe("nobody is told apart");
    expect(reasonAgainst(possible.events, "clicks")).toBeNull();
    expect(reasonAgainst(undefined, "unique")).toBeNull();
  });

  it("stops a query before it is asked", () => {
    const query = newQuery("UTC", ["j"]);
    expect(impossibleIn(query, possible)).toBeNull();
    expect(impossibleIn({ ...query, count: "unique" }, possible)).toBe("nobody is told apart");
    expect(impossibleIn({ ...query, type: "recipients", count: "unique" }, possible)).toBe("nobody knows who");
  });
});

it("shows the number that was asked for", () => {
  const counted = { total: 9, humans: 7, people: 5, human_people: 4 };
  expect([
    countOf(counted, { count: "total", judged: null }),
    countOf(counted, { count: "total", judged: "human" }),
    countOf(counted, { count: "unique", judged: null }),
    countOf(counted, { count: "unique", judged: "human" }),
    countOf({ ...counted, people: null }, { count: "unique" }),
  ]).toEqual([9, 7, 5, 4, 0]);
});
