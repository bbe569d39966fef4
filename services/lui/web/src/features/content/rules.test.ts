import { describe, expect, it } from "vitest";

import { bodyOf, formOf, richTextLosses, sameLetter, unescapeMergeLanguage } from "./rules";

describe("the content form", () => {
  it("sends only the parts that were written, as they were written", () => {
    expect(bodyOf({ ...formOf(null), subject: " Hello ", text: "Hi\n" })).toEqual({ subject: "Hello", text: "Hi\n", charset: "utf-8" });
  });
});

describe("whether the letter is still the one that was opened", () => {
  it("does not depend on parts that are empty in another way", () => {
    expect(sameLetter(formOf(null), { subject: "", html: " ", text: "", charset: "utf-8" })).toBe(true);
    expect(sameLetter(formOf(null), { subject: "", html: "", text: "", charset: "auto" })).toBe(false);
  });
});

describe("rich text and the merge language", () => {
  it("comparisons and quotes inside merge tags are not escaped", () => {
    expect(unescapeMergeLanguage("<p>{% if AGE &gt; 18 and X == &quot;a&quot; %}A &amp; B{% endif %} {{ N | default: &quot;you&quot; }}</p>")).toBe(
      '<p>{% if AGE > 18 and X == "a" %}A &amp; B{% endif %} {{ N | default: "you" }}</p>',
    );
  });

  it("keeps simple letters", () => {
    expect(richTextLosses('<h1>Hi</h1><p>Dear {{ NAME }},<br>see <a href="https://example.org/?a=b&c={{ ID }}">this</a></p>')).toEqual([]);
    expect(richTextLosses('<p><img src="cid:a@b" alt="A ship" width="300"> sails</p>')).toEqual([]);
    expect(richTextLosses("<p>{% if A < B %}x{% endif %}</p>")).toEqual([]);
  });

  it("names what it would drop", () => {
    expect(richTextLosses('<!doctype html><html><body><table><tr><td>x</td></tr></table><img src="a"></body></html>')).toEqual([
      "document head and body",
      "tables",
      "pictures",
    ]);
    expect(richTextLosses('<p style="color:red">x</p>')).toEqual(["attributes such as class and style"]);
    expect(richTextLosses('<p><img src="cid:a@b" style="float:left"></p>')).toEqual(["pictures"]);
    expect(richTextLosses("<section>x</section>")).toEqual(["elements (section)"]);
  });
});
