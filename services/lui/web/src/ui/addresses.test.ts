import { expect, it } from "vitest";

import { splitAddresses } from "./addresses";

it("takes addresses however they were separated, each once", () => {
  expect(splitAddresses(" a@example.org,\n b@example.org; a@example.org ")).toEqual(["a@example.org", "b@example.org"]);
  expect(splitAddresses("\n")).toEqual([]);
});
