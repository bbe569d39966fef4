import { describe, expect, it, vi } from "vitest";

import type { JobFile } from "@/api/types";

vi.mock("@/api/client", () => ({ lui: {} }));
const { isShown, pictureTag, wordsOf } = await import("./files");

const file = { content_id: "abc@tutti" } as JobFile;

describe("pictures in the text", () => {
  it("are called by their content id, with a description nobody can break out of", () => {
    expect(pictureTag("abc@tutti", 'A "big" <sale>')).toBe('<img src="cid:abc@tutti" alt="A &quot;big&quot; &lt;sale>">');
  });

  it("are found where they are shown", () => {
    expect(isShown(`<p>${pictureTag("abc@tutti", "")}</p>`, file)).toBe(true);
    expect(isShown("<p>abc</p>", file)).toBe(false);
  });

  it("begin with a description made of their name", () => {
    expect(wordsOf("autumn-sale_2026.png")).toBe("autumn sale 2026");
  });
});
