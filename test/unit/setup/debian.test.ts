import { describe, expect, it } from "vitest";
import {
  candidateVersion,
  dockerPackages,
  familyOf,
  mayUseNewerDebian,
  parseMirrors,
  parseOsRelease,
} from "../../../setup/debian.ts";

const BOOKWORM = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION_CODENAME=bookworm
ID=debian
`;
const NOBLE = `PRETTY_NAME="Ubuntu 24.04.3 LTS"\nVERSION_ID="24.04"\nID=ubuntu\nID_LIKE=debian\n`;
const MINT = `PRETTY_NAME='Linux Mint 22'\nID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_ID="22"\n`;
const FEDORA = `ID=fedora\nVERSION_ID=42\nPRETTY_NAME="Fedora Linux 42"\n`;

describe("parseOsRelease", () => {
  it("reads values with and without quotes", () => {
    expect(parseOsRelease(BOOKWORM)).toEqual({
      id: "debian",
      idLike: [],
      versionId: "12",
      prettyName: "Debian GNU/Linux 12 (bookworm)",
    });
    expect(parseOsRelease(MINT)).toEqual({
      id: "linuxmint",
      idLike: ["ubuntu", "debian"],
      versionId: "22",
      prettyName: "Linux Mint 22",
    });
  });

  it("gives a system without the file no family", () => {
    expect(familyOf(parseOsRelease(""))).toBeUndefined();
  });
});

describe("familyOf", () => {
  it.each([
    [BOOKWORM, "debian"],
    [NOBLE, "ubuntu"],
    [MINT, "ubuntu"],
    [FEDORA, undefined],
  ])("decides by the nearest known system: %j", (text, family) => {
    expect(familyOf(parseOsRelease(text))).toBe(family);
  });
});

describe("dockerPackages", () => {
  it("names compose as each family does", () => {
    expect(dockerPackages("ubuntu").compose).toEqual(["docker-compose-v2"]);
    expect(dockerPackages("debian").compose).toEqual(["docker-compose"]);
  });
});

describe("mayUseNewerDebian", () => {
  it.each([
    [BOOKWORM, true],
    [BOOKWORM.replace("12", "13"), true],
    [BOOKWORM.replace('VERSION_ID="12"', 'VERSION_ID="11"'), false],
    [BOOKWORM.replace('VERSION_ID="12"\n', ""), false],
    [NOBLE, false],
    [MINT, false],
  ])("steps over one release of Debian itself and no more: %j", (text, may) => {
    expect(mayUseNewerDebian(parseOsRelease(text))).toBe(may);
  });
});

describe("candidateVersion", () => {
  it("reads what apt would install", () => {
    const policy =
      "docker.io:\n  Installed: (none)\n  Candidate: 20.10.24+dfsg1-1\n  Version table:\n";
    expect(candidateVersion(policy)).toBe("20.10.24+dfsg1-1");
  });

  it.each(["", "x:\n  Installed: (none)\n  Candidate: (none)\n"])("finds none in %j", (policy) => {
    expect(candidateVersion(policy)).toBeUndefined();
  });
});

describe("parseMirrors", () => {
  it("keeps the order and leaves out lines that name no mirror", () => {
    const text = "http://a.example/debian/|bookworm\n\n|nothing\nhttp://b.example/|trixie\n";
    expect(parseMirrors(text)).toEqual([
      { uri: "http://a.example/debian/", codename: "bookworm" },
      { uri: "http://b.example/", codename: "trixie" },
    ]);
  });
});
