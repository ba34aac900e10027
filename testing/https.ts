/** HTTPS requests like a browser's, to names without DNS, trusting a single authority. */
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import type { PeerCertificate, TLSSocket } from "node:tls";

const TIMEOUT_MS = 10_000;

/** Options of a request. */
export interface Asked {
  /** Certificate of the authority to trust, as PEM. */
  readonly ca?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** Response to a request. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Certificate of the server; only with TLS. */
  readonly certificate: PeerCertificate | undefined;
}

/** Connects to this machine for every name; the certificate still has to match the name. */
const place = (url: URL, { ca, method = "GET", headers = {} }: Asked) => ({
  host: "127.0.0.1",
  port: url.port,
  path: `${url.pathname}${url.search}`,
  servername: url.hostname,
  method,
  headers: { Host: url.host, ...headers },
  timeout: TIMEOUT_MS,
  agent: false as const,
  ...(ca === undefined ? {} : { ca }),
});

/** Requests `url`. Rejects when the certificate is not issued by `ca`, or is for another name. */
export function ask(url: string, asked: Asked = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = open(new URL(url), asked);
    outgoing.on("response", (incoming) => {
      const certificate = certificateOf(incoming);
      let body = "";
      incoming.setEncoding("utf8").on("data", (text: string) => {
        body += text;
      });
      incoming.on("error", reject);
      incoming.on("end", () =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body, certificate }),
      );
    });
    outgoing.on("error", reject).end(asked.body);
  });
}

/** Opens a WebSocket, and returns the text of the first message, parsed from its raw bytes. */
export function firstMessage(url: string, asked: Asked): Promise<string> {
  const opening = {
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Protocol": "actioncable-v1-json",
  };
  return new Promise((resolve, reject) => {
    const headers = { ...opening, ...asked.headers };
    const outgoing = open(new URL(url), { ...asked, headers });
    outgoing.on("response", ({ statusCode }) => {
      outgoing.destroy();
      reject(new Error(`no WebSocket but status ${statusCode}`));
    });
    outgoing.on("upgrade", ({ headers: answered }, socket, head: Buffer) => {
      // The response to this key is given in RFC 6455.
      if (answered["sec-websocket-accept"] !== "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") {
        reject(new Error("the key was not answered"));
      }
      let bytes = head;
      const read = () => {
        const [, length] = bytes;
        if (length !== undefined && bytes.length >= 2 + length) {
          socket.destroy();
          resolve(bytes.subarray(2, 2 + length).toString());
        }
      };
      socket.on("error", reject);
      socket.on("data", (more: Buffer) => {
        bytes = Buffer.concat([bytes, more]);
        read();
      });
      read();
    });
    outgoing.on("error", reject).end();
  });
}

function open(url: URL, asked: Asked) {
  const send = url.protocol === "https:" ? tlsRequest : plainRequest;
  const outgoing = send(place(url, asked));
  outgoing.on("timeout", () => outgoing.destroy(new Error(`no answer in ${TIMEOUT_MS} ms`)));
  return outgoing;
}

function certificateOf({ socket }: IncomingMessage): PeerCertificate | undefined {
  return "getPeerCertificate" in socket ? (socket as TLSSocket).getPeerCertificate() : undefined;
}
