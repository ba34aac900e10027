/** Decides how the setup may use a system's packages, from the system's own description. */

/** Fields of os-release(5) that distinguish systems. */
export interface OsRelease {
  readonly id: string;
  /** Systems that this one is derived from, closest first. */
  readonly idLike: readonly string[];
  /** Version such as "12" or "24.04"; empty for Debian's testing, which has none. */
  readonly versionId: string;
  /** Display name. */
  readonly prettyName: string;
}

/** Parses /etc/os-release. */
export function parseOsRelease(text: string): OsRelease {
  const values = new Map<string, string>();
  for (const line of text.split("\n")) {
    const match = /^([A-Z_]+)=(?:"(.*)"|'(.*)'|(.*))$/.exec(line.trim());
    if (match?.[1] !== undefined) {
      values.set(match[1], match[2] ?? match[3] ?? match[4] ?? "");
    }
  }
  return {
    id: values.get("ID") ?? "",
    idLike: (values.get("ID_LIKE") ?? "").split(" ").filter((id) => id !== ""),
    versionId: values.get("VERSION_ID") ?? "",
    prettyName: values.get("PRETTY_NAME") ?? values.get("ID") ?? "this system",
  };
}

/** Systems on which the setup can install packages. */
export type Family = "debian" | "ubuntu";

/** Returns the known system that this one is or is derived from; undefined for any other. */
export function familyOf(os: OsRelease): Family | undefined {
  return [os.id, ...os.idLike].find((id): id is Family => id === "debian" || id === "ubuntu");
}

/** Names of the packages of Docker's engine and compose plugin on a system. */
export function dockerPackages(family: Family): { engine: string[]; compose: string[] } {
  return family === "ubuntu"
    ? { engine: ["docker.io"], compose: ["docker-compose-v2"] }
    : {
        engine: ["docker.io", "docker-cli", "containerd", "runc", "iptables"],
        compose: ["docker-compose"],
      };
}

/** A release of Debian whose packages also run on the release before it. */
export const NEWER_DEBIAN = "trixie";

/**
 * Whether packages may come from {@link NEWER_DEBIAN} on an older system. Debian supports upgrades
 * from the previous release only, which is 12, bookworm.
 */
export function mayUseNewerDebian(os: OsRelease): boolean {
  return os.id === "debian" && Number.parseInt(os.versionId, 10) >= 12;
}

/**
 * Parses the version that apt would install by default from the output of `apt-cache policy
 * <package>`.
 */
export function candidateVersion(policy: string): string | undefined {
  const candidate = /^\s*Candidate:\s*(\S+)/m.exec(policy)?.[1];
  return candidate === "(none)" ? undefined : candidate;
}

/** A mirror that apt downloads packages from. */
export interface Mirror {
  readonly uri: string;
  readonly codename: string;
}

/** Parses the output of `apt-get indextargets` in {@link MIRROR_FORMAT}. */
export function parseMirrors(text: string): Mirror[] {
  return text.split("\n").flatMap((line) => {
    const [uri, codename] = line.trim().split("|");
    return uri && codename ? [{ uri, codename }] : [];
  });
}

/** Format of `apt-get indextargets` that {@link parseMirrors} reads. */
export const MIRROR_FORMAT = "$(REPO_URI)|$(CODENAME)";
