import { describe, expect, it } from "vitest";

import { Problem } from "@/api/problem";

import { bodyOf, errorsOf, fitColumns, likelyAddressColumn, newForm, type ParseSettings, sameSettings } from "./rules";

const upload = {
  columns: ["ID", "KONTAKT", "NAME"],
  sample: [
    ["1", "ada@example.org", "Ada"],
    ["2", "not an address", "b@home"],
    ["3", "bob@example.org", "Bob"],
  ],
};
const settings: ParseSettings = { encoding: "utf-8", separator: ";", quote: '"', header: true };

describe("the address column", () => {
  it("is the one that holds the most addresses, whatever it is called", () => {
    expect(likelyAddressColumn(upload)).toBe("KONTAKT");
  });

  it("is the one named so when there are no rows", () => {
    expect(likelyAddressColumn({ columns: ["ID", "E_MAIL"], sample: [] })).toBe("E_MAIL");
    expect(likelyAddressColumn({ columns: ["ID"], sample: [] })).toBe("");
  });
});

describe("the recipients form", () => {
  it("drops choices of columns that a new way of reading took away", () => {
    const form = { ...newForm(upload as never), duplicatesBy: "columns" as const, duplicateColumns: ["NAME", "ID"] };
    const fitted = fitColumns(form, { columns: ["FIELD1", "FIELD2"], sample: [["x", "a@b.example"]] });
    expect(fitted).toMatchObject({ addressColumn: "FIELD2", nameColumn: "", duplicateColumns: [] });
  });

  it("sends the settings it was read with", () => {
    expect(bodyOf("u1", { ...settings, quote: "" }, newForm(upload as never))).toEqual({
      source: { type: "upload", upload_id: "u1", encoding: "utf-8", separator: ";", quote: "", header: true },
      address_column: "KONTAKT",
      name_column: "NAME",
      usage: "merge",
      duplicates: { by: "address" },
    });
  });

  it("knows when the settings are as before", () => {
    expect(sameSettings(settings, { ...settings })).toBe(true);
    expect(sameSettings(settings, { ...settings, header: false })).toBe(false);
  });

  it("puts errors about columns at the columns, and about the file above the form", () => {
    const fields = [
      { pointer: "/address_column", detail: "No such column." },
      { pointer: "/duplicates/columns/0", detail: "Nor this." },
      { pointer: "/source/encoding", detail: "Line 3 is not UTF-8." },
    ];
    expect(errorsOf(new Problem({ slug: "invalid", status: 422, title: "", detail: "", fields }))).toEqual({
      atFields: { addressColumn: "No such column.", duplicateColumns: "Nor this." },
      others: ["Line 3 is not UTF-8."],
    });
  });
});
