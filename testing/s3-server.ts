/**
 * An S3-compatible server with TLS and one bucket, whose objects are files that a test can read.
 */
import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { toolsFolder } from "../setup/bootstrap/state.mjs";
import { canListen } from "../src/observe/port-listeners.ts";
import { inheritedEnvironment } from "../src/process/environment.ts";
import { ProcessFailure } from "../src/process/failure.ts";
import { run } from "../src/process/run.ts";
import { freePort } from "./ports.ts";
import { makeAuthority } from "./remote-host/tls.ts";
import { eventually } from "./standing.ts";
import { findS3Server } from "./tools/s3-server-paths.ts";

/** Lifetime in milliseconds, whatever happens to the test. */
const LIFE_MS = 900_000;

/** A running S3-compatible server. */
export interface S3Server {
  /** Address as `HOST:PORT`. */
  readonly address: string;
  /** Folder of the bucket. */
  readonly bucket: string;
  /** Environment of its clients. */
  readonly env: {
    readonly AWS_ACCESS_KEY_ID: string;
    readonly AWS_SECRET_ACCESS_KEY: string;
    /** Certificate of its authority, where Go looks for the system's authorities. */
    readonly SSL_CERT_FILE: string;
  };
  /** Reads the objects by key. */
  objects(): Promise<Map<string, string>>;
  close(): Promise<void>;
}

/** Whether the set-up has installed a server. */
export const hasS3Server = (): boolean => findS3Server(toolsFolder()) !== undefined;

/** Starts the server on the loopback address; all its files are in `folder`. */
export async function startS3Server(folder: string, bucket: string): Promise<S3Server> {
  const program = findS3Server(toolsFolder());
  if (program === undefined) {
    throw new Error("these tests need an S3-compatible server; `npm run test:all` builds one");
  }
  const [objects, metadata] = [join(folder, "objects"), join(folder, "metadata")];
  await mkdir(join(objects, bucket), { recursive: true });
  await mkdir(metadata);
  const certificates = await makeAuthority(join(folder, "tls"));
  const tls = (name: string) => join(certificates, name);
  const port = await freePort();
  const key = `zbl-test-${randomBytes(4).toString("hex")}`;
  const secret = `aws-${randomBytes(16).toString("hex")}`;
  const ender = new AbortController();
  const listen = ["--port", `127.0.0.1:${port}`];
  const certificate = ["--cert", tls("server-cert.pem"), "--key", tls("server-key.pem")];
  // Metadata is kept apart from the objects, as not every file system supports attributes.
  const store = ["posix", "--sidecar", metadata, objects];
  const life = run(program, [...listen, ...certificate, "--quiet", ...store], {
    env: { ...inheritedEnvironment(), ROOT_ACCESS_KEY_ID: key, ROOT_SECRET_ACCESS_KEY: secret },
    timeoutMs: LIFE_MS,
    signal: ender.signal,
    captureBytes: 64 * 1024,
  }).then(
    ({ exitCode, stdout, stderr }) => `ended with ${exitCode}: ${stdout}${stderr}`,
    (error: unknown) => (error instanceof ProcessFailure ? error.output : String(error)),
  );
  let ended: string | undefined;
  void life.then((text) => {
    ended = text;
  });
  const close = async () => {
    ender.abort();
    await life;
  };
  try {
    const free = async () => ended ?? (await canListen("127.0.0.1", port));
    await eventually(free, (answer) => answer !== true);
    if (ended !== undefined) {
      throw new Error(`the S3-compatible server ended: ${ended}`);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    address: `127.0.0.1:${port}`,
    bucket: join(objects, bucket),
    env: {
      AWS_ACCESS_KEY_ID: key,
      AWS_SECRET_ACCESS_KEY: secret,
      SSL_CERT_FILE: tls("ca.pem"),
    },
    objects: async () => {
      const found = new Map<string, string>();
      const options = { recursive: true, withFileTypes: true } as const;
      for (const file of await readdir(join(objects, bucket), options)) {
        if (file.isFile()) {
          const path = join(file.parentPath, file.name);
          const name = path.slice(join(objects, bucket).length + 1);
          found.set(name, await readFile(path, "utf8"));
        }
      }
      return found;
    },
    close,
  };
}
