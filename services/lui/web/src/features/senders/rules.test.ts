import { describe, expect, it } from "vitest";

import { Problem } from "@/api/problem";

import { bodyOf, errorsOf, formOf } from "./rules";

describe("the sender form", () => {
  it("leaves empty fields out and cuts stray blanks", () => {
    expect(bodyOf({ address: " news@example.org ", name: " ", replyTo: "", bounceMode: "automatic", bounceAddress: "left@over.example" })).toEqual({
      address: "news@example.org",
      bounces: { mode: "automatic" },
    });
  });

  it("comes back as it was sent", () => {
    const form = { address: "a@example.org", name: "A", replyTo: "b@example.org", bounceMode: "address", bounceAddress: "c@example.org" } as const;
    const sent = bodyOf(form);
    expect(formOf({ address: sent.address, name: sent.name ?? null, reply_to: sent.reply_to ?? null, bounces: { mode: "address", address: "c@example.org" } })).toEqual(form);
  });

  it("puts the server's errors at the fields they are about", () => {
    const problem = new Problem({
      slug: "invalid",
      status: 422,
      title: "",
      detail: "",
      fields: [
        { pointer: "/reply_to", detail: "No address." },
        { pointer: "/bounces/address", detail: "Neither." },
      ],
    });
    expect(errorsOf(problem)).toEqual({ replyTo: "No address.", bounceAddress: "Neither." });
  });
});
