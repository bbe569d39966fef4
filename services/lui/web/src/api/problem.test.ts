import { describe, expect, it } from "vitest";

import { fieldName, Problem, problemFrom, splitFields, toProblem } from "./problem";

describe("a problem document", () => {
  it("is known by the last part of its type and keeps its facts", () => {
    const problem = problemFrom(409, { type: "urn:tutti:problem:job-not-editable", title: "Not now", status: 409, detail: "Authorized.", job_id: "7" });
    expect(problem.slug).toBe("job-not-editable");
    expect(problem.message).toBe("Authorized.");
    expect(problem.facts.job_id).toBe("7");
  });

  it("points at fields", () => {
    const problem = problemFrom(422, { type: "urn:tutti:problem:invalid", title: "No", errors: [{ pointer: "/bounces/address", detail: "Needed." }, "nonsense"] });
    expect(problem.fields).toEqual([{ pointer: "/bounces/address", detail: "Needed." }]);
  });

  it("is made up when a proxy answered in HTML", () => {
    expect(problemFrom(502, "<html>Bad gateway</html>")).toMatchObject({ slug: "unexpected-answer", status: 502 });
  });

  it("wraps whatever else was thrown", () => {
    expect(toProblem(new TypeError("x is not a function"))).toBeInstanceOf(Problem);
  });
});

describe("field errors", () => {
  it("understand escaped pointers", () => {
    expect(fieldName("/source/a~1b/m~0n")).toBe("source.a/b.m~n");
  });

  it("go to the field they belong to, items to their list, the rest to nobody", () => {
    const problem = new Problem({
      slug: "invalid",
      status: 422,
      title: "",
      detail: "",
      fields: [
        { pointer: "/addresses/1", detail: "b is no address." },
        { pointer: "/addresses/2", detail: "c is no address." },
        { pointer: "", detail: "Something else." },
      ],
    });
    expect(splitFields(problem, ["addresses", "recipient"])).toEqual({
      byField: { addresses: "B is no address. C is no address." },
      others: ["Something else."],
    });
  });
});
