import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLeftOpen, isPlaceholder } from "../../../src/checks/placeholders.ts";

describe("a placeholder is", () => {
  it.each([
    "changeme",
    "change_me",
    "ChangeMe123!",
    "CHANGE-ME-IN-PRODUCTION",
    "password",
    "Passw0rd",
    "secret",
    "secretpassword",
    "supersecret",
    "your-secret-key-base-hex-64-characters-long-here",
    "your-db-password-here",
    "YOUR_64_CHAR_SECRET_HERE",
    "sk-or-YOUR_ROUTER_KEY_HERE",
    "yourpasswordhere",
    "<strong-random-secret>",
    "<openssl rand -hex 32>",
    "$(openssl rand -hex 32)",
    "{{ lago_password }}",
    "[your password]",
    "__generated__",
    "xxxx",
    "XXXXXXXX",
    "********",
    "...",
    "lago",
    "lago123",
    "lago_password_2025",
    "postgres",
    "postgrespassword",
    "redis-password",
    "admin",
    "use-a-strong-password-here",
    "test1234",
    "foobar",
    "azerty123456",
    "1234567890",
    "letmein",
    "todo",
    "default",
  ])("%s", (value) => {
    expect(isPlaceholder(value)).toBe(true);
  });
});

describe("no placeholder is", () => {
  it.each([
    "",
    "correct horse battery staple",
    "kR7.mZ_2~vT-9qLx",
    "k3vQ9wL",
    "84920384029348",
    "key-8492038402934893",
    "lagoon",
    "postgres-Zt6vQ2mB9xL4",
    "sk_live_51H8x9yQ2mB9xL4kW8r",
    "a3f5",
    // Signs make a password as well as letters do.
    "$ ${A} $$ \" ' \\ # = {{ é % @ : / ?",
    "a%&!=(/)$key",
  ])("%j", (value) => {
    expect(isPlaceholder(value)).toBe(false);
  });

  it("a generated value, in any usual form", () => {
    const bytes = fc.integer({ min: 8, max: 64 }).map((size) => randomBytes(size));
    const forms = fc.constantFrom("hex" as const, "base64" as const, "base64url" as const);
    fc.assert(
      fc.property(bytes, forms, (value, form) => {
        expect(isPlaceholder(value.toString(form))).toBe(false);
      }),
    );
  });
});

it("a name is left open by the forms alone, since names are made of words", () => {
  expect(["lago-user", "apikey", "admin"].filter(isLeftOpen)).toEqual([]);
  expect(["your-access-key", "<user>", "changeme"].filter(isLeftOpen)).toHaveLength(3);
});
