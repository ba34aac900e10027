import { describe, expect, it } from "vitest";
import { isNewEnough } from "../../../setup/version.ts";

describe("isNewEnough", () => {
  it.each([
    ["1.45", "1.44"],
    ["1.44", "1.44"],
    ["go1.26.8", "1.21.0"],
    ["26.1.5+dfsg1-9+deb13u1", "25.0.0"],
    ["2:1.24~2", "1.21.0"],
    ["2.26.1-4", "2.24.4"],
    ["v5.6.0", "2.24.4"],
    ["2.100.0", "2.24.4"],
  ])("takes %s for %s", (found, minimum) => {
    expect(isNewEnough(found, minimum)).toBe(true);
  });

  it.each([
    ["1.43", "1.44"],
    ["go1.20.14", "1.21.0"],
    ["20.10.24+dfsg1-1+deb12u1+b6", "25.0.0"],
    ["2:1.19~1", "1.21.0"],
    ["2.24.3", "2.24.4"],
    ["", "0.0.1"],
    ["devel", "1.21.0"],
  ])("refuses %s for %s", (found, minimum) => {
    expect(isNewEnough(found, minimum)).toBe(false);
  });
});
