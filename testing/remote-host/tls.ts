/** An engine's socket behind TLS with client certificates, like `dockerd --tlsverify`. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { createServer } from "node:tls";
import { inheritedEnvironment } from "../../src/process/environment.ts";
import { run } from "../../src/process/run.ts";

const TIMEOUT_MS = 30_000;

/** A TLS server in front of an engine. */
export interface TlsDoor {
  /** Address of the engine. */
  readonly url: string;
  /** Folder with certificates that the server accepts. */
  readonly certificates: string;
  /** Folder with certificates of an unknown authority. */
  readonly others: string;
  close(): Promise<void>;
}

/** Opens the server on the loopback address. */
export async function openTlsDoor(folder: string, socket: string): Promise<TlsDoor> {
  const certificates = await makeAuthority(join(folder, "tls"));
  const others = await makeAuthority(join(folder, "other-tls"));
  const read = (name: string) => readFile(join(certificates, name));
  const server = createServer(
    {
      ca: await read("ca.pem"),
      cert: await read("server-cert.pem"),
      key: await read("server-key.pem"),
      requestCert: true,
      rejectUnauthorized: true,
    },
    (client) => {
      const engine = connect(socket);
      client.on("error", () => engine.destroy());
      engine.on("error", () => client.destroy());
      client.pipe(engine).pipe(client);
    },
  );
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `tcp://127.0.0.1:${port}`,
    certificates,
    others,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}

/** Creates an authority and a certificate for each side, under the file names that docker uses. */
export async function makeAuthority(folder: string): Promise<string> {
  await mkdir(folder);
  const file = (name: string) => join(folder, name);
  const subject = (name: string) => ["-subj", `/CN=zbl-test-${name}`, "-days", "2", "-nodes"];
  const newKey = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
  const authority = ["-keyout", file("ca-key.pem"), "-out", file("ca.pem")];
  await openssl([...newKey, ...subject("ca"), ...authority]);
  const signed = ["-CA", file("ca.pem"), "-CAkey", file("ca-key.pem")];
  await writeFile(file("none.cnf"), "[req]\ndistinguished_name=dn\n[dn]\n");
  for (const [name, prefix, usage] of [
    ["server", "server-", "serverAuth"],
    ["client", "", "clientAuth"],
  ] as const) {
    const extensions = ["subjectAltName=IP:127.0.0.1", `extendedKeyUsage=${usage}`];
    const added = [...extensions, "basicConstraints=CA:FALSE"].flatMap((one) => ["-addext", one]);
    const out = ["-keyout", file(`${prefix}key.pem`), "-out", file(`${prefix}cert.pem`)];
    const config = ["-config", file("none.cnf")];
    await openssl([...newKey, ...config, ...subject(name), ...signed, ...added, ...out]);
  }
  return folder;
}

async function openssl(args: readonly string[]): Promise<void> {
  const result = await run("openssl", args, { env: inheritedEnvironment(), timeoutMs: TIMEOUT_MS });
  if (result.exitCode !== 0) {
    throw new Error(`openssl ${args[0]} ended with ${result.exitCode}: ${result.stderr}`);
  }
}
