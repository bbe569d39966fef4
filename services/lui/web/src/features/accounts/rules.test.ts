import { describe, expect, it } from "vitest";

import { changesOf, formOf, newAccountOf } from "./rules";

describe("the account form", () => {
  it("takes empty fields for none", () => {
    expect(changesOf({ name: " ada ", password: "", group: " ", contactAddress: "", rights: [] })).toEqual({ name: "ada", group: null, contact_address: null, rights: [] });
  });

  it("gives a new account no right to administer", () => {
    expect(formOf(null).rights.filter((right) => right.startsWith("administer"))).toEqual([]);
  });

  it("never trims a password", () => {
    expect(newAccountOf({ ...formOf(null), name: "a", password: " x " }).password).toBe(" x ");
  });
});
