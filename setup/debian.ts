/** What the set-up may do with a system's own packages, decided from what the system says of itself. */

/** The parts of os-release(5) that tell one system from another. */
export interface OsRelease {
  readonly id: string;
  /** Systems that this one is made from, nearest first. */
  readonly idLike: readonly string[];
  /** Such as "12" or "24.04"; empty where there is none, as on Debian's testing. */
  readonly versionId: string;
  /** The name for people. */
  readonly prettyName: string;
}

/** Reads the text of /etc/os-release. */
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

/** Systems that the set-up can install packages on. */
export type Family = "debian" | "ubuntu";

/** Which of the known systems this is or is made from; undefined for every other. */
export function familyOf(os: OsRelease): Family | undefined {
  return [os.id, ...os.idLike].find((id): id is Family => id === "debian" || id === "ubuntu");
}

/** The packages of Docker's engine and of its compose plugin, by the names of the system. */
export function dockerPackages(family: Family): { engine: string[]; compose: string[] } {
  return family === "ubuntu"
    ? { engine: ["docker.io"], compose: ["docker-compose-v2"] }
    : {
        engine: ["docker.io", "docker-cli", "containerd", "runc", "iptables"],
        compose: ["docker-compose"],
      };
}

/** A release of Debian whose packages run beside those of the release before it. */
export const NEWER_DEBIAN = "trixie";

/**
 * Whether packages may come from {@link NEWER_DEBIAN} although the system is older. Debian supports
 * stepping over one release, not two: its predecessor is 12, bookworm.
 */
export function mayUseNewerDebian(os: OsRelease): boolean {
  return os.id === "debian" && Number.parseInt(os.versionId, 10) >= 12;
}

/** The version that apt would install by itself, from the text of `apt-cache policy <package>`. */
export function candidateVersion(policy: string): string | undefined {
  const candidate = /^\s*Candidate:\s*(\S+)/m.exec(policy)?.[1];
  return candidate === "(none)" ? undefined : candidate;
}

/** A place that apt takes packages from. */
export interface Mirror {
  readonly uri: string;
  readonly codename: string;
}

/** Reads what {@link MIRROR_FORMAT} makes `apt-get indextargets` print. */
export function parseMirrors(text: string): Mirror[] {
  return text.split("\n").flatMap((line) => {
    const [uri, codename] = line.trim().split("|");
    return uri && codename ? [{ uri, codename }] : [];
  });
}

/** The format of `apt-get indextargets` that {@link parseMirrors} reads. */
export const MIRROR_FORMAT = "$(REPO_URI)|$(CODENAME)";
