import { describe, expect, it } from "vitest";

import { conditionOf, countQuestions, newGroup, newQuestion, nodeOf, replaced } from "./conditions";

const opened = () => newQuestion("opened");

describe("a condition", () => {
  it("is sent as it was put together, and comes back the same", () => {
    const condition = { all: [{ did: "opened" as const, judged: "human" as const }, { any: [{ did: "clicked" as const, links: ["Shop"] }, { did: "bounced" as const }] }] };
    expect(conditionOf(nodeOf(condition))).toEqual(condition);
  });

  it("has a place to add to, even when it was a single question", () => {
    expect(nodeOf({ did: "not_opened" })).toMatchObject({ kind: "group", mode: "all", parts: [{ did: "not_opened" }] });
  });

  it("cannot be sent while a group is empty", () => {
    expect(conditionOf(newGroup("all", []))).toBeNull();
    expect(conditionOf(newGroup("any", [opened(), newGroup("all", [])]))).toBeNull();
  });

  it("leaves out what does not belong to the question any more", () => {
    const question = { ...newQuestion("clicked"), links: ["Shop"], tags: ["t1"], human: true };
    expect(conditionOf(question)).toEqual({ did: "clicked", links: ["Shop"], judged: "human" });
    expect(conditionOf({ ...question, did: "acted" })).toEqual({ did: "acted", tags: ["t1"], judged: "human" });
    expect(conditionOf({ ...question, did: "bounced" })).toEqual({ did: "bounced" });
  });

  it("asks about any link when none is chosen", () => {
    expect(conditionOf(newQuestion("not_clicked"))).toEqual({ did: "not_clicked" });
  });

  it("counts its questions through all groups", () => {
    expect(countQuestions(newGroup("all", [opened(), newGroup("any", [opened(), opened()])]))).toBe(3);
  });

  it("loses or changes one part and keeps the others", () => {
    const [first, second] = [opened(), opened()];
    const group = newGroup("all", [first, second]);
    expect(replaced(group, first.key, null).parts).toEqual([second]);
    expect(replaced(group, second.key, { ...second, did: "bounced" }).parts.map((part) => part.kind === "question" && part.did)).toEqual(["opened", "bounced"]);
  });
});
