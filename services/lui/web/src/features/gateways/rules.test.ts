import { describe, expect, it } from "vitest";

import { Problem } from "@/api/problem";

import { bodyOf, errorsOf, formOf, isPort, isPositive, splitDomains } from "./rules";

const form = { ...formOf(null), name: " Main ", host: "smtp.example.org" };

describe("the gateway form", () => {
  it("says nothing about a password that was not typed", () => {
    expect(bodyOf(form)).not.toHaveProperty("password");
    expect(bodyOf({ ...form, password: " kept as typed " }).password).toBe(" kept as typed ");
  });

  it("forgets a kept password only on purpose", () => {
    expect(bodyOf({ ...form, forgetPassword: true, password: "x" }).password).toBeNull();
  });

  it("takes empty limits for none", () => {
    expect(bodyOf(form)).toMatchObject({ name: "Main", rate_per_second: null, rate_per_hour: null, user: "", helo: "" });
    expect(bodyOf({ ...form, ratePerSecond: 2.5, ratePerHour: "3000" })).toMatchObject({ rate_per_second: 2.5, rate_per_hour: 3000 });
  });

  it("begins with the safest encryption", () => {
    expect(formOf(null).tls).toBe("verified");
  });

  it("understands domains however they are typed", () => {
    expect(splitDomains(" Example.org, @shop.example;\n\nexample.ORG ")).toEqual(["example.org", "shop.example"]);
  });

  it("puts the server's errors at the fields they are about", () => {
    const problem = new Problem({ slug: "invalid", status: 422, title: "", detail: "", fields: [{ pointer: "/sender_domains/0", detail: "no domain" }, { pointer: "/elsewhere", detail: "odd" }] });
    expect(errorsOf(problem)).toEqual({ byField: { senderDomains: "No domain" }, others: ["Odd"] });
  });

  it("knows a number when it sees one", () => {
    expect([isPort(25), isPort(""), isPort(0), isPort(70_000), isPort(2.5)]).toEqual([true, false, false, false, false]);
    expect([isPositive(0.5), isPositive(""), isPositive(0), isPositive("-1")]).toEqual([true, false, false, false]);
  });
});
