import { describe, expect, it } from "vitest";
import { isLoopback, isUrl } from "../../../src/text/url.ts";

describe("isUrl", () => {
  it.each(["http://host", "https://host:8080/a?b=c", "http://[::1]:3000"])("takes %j", (text) => {
    expect(isUrl(text, ["http", "https"])).toBe(true);
  });

  it.each([
    ...["", "host", "http:host", "http://", "ftp://host", "http://host:99999", "http://a b"],
    ...["http://host\n", "http://ho\tst", "http://host/\u0001x", "http://host/\u007f"],
  ])("refuses %j", (text) => {
    expect(isUrl(text, ["http", "https"])).toBe(false);
  });
});

describe("isLoopback", () => {
  it.each(["tcp://localhost:2375", "http://127.0.0.1", "https://127.1.2.3/x", "http://[::1]:80"])(
    "is so for %s",
    (url) => {
      expect(isLoopback(url)).toBe(true);
    },
  );

  it.each([
    ...["tcp://10.0.0.1:2375", "http://localhost.example.com", "http://127.0.0.1.example.com"],
    ...["tcp://host:1", "", "no URL"],
  ])("is not so for %s", (url) => {
    expect(isLoopback(url)).toBe(false);
  });
});
