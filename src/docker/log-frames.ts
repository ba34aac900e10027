/** Frames of the engine's API, in which it sends the outputs of a container without a terminal. Pure. */

/** Stream, three zeros, and the length of the payload as four bytes, the highest first (docs.docker.com/reference/api/engine, ContainerAttach). */
const HEADER_BYTES = 8;

/** Takes frames apart as they arrive, and passes on their payloads in their order. */
export class LogFrames {
  readonly #onPayload: (bytes: Buffer) => void;
  #header = Buffer.alloc(0);
  /** Bytes of the present frame that are still to come. */
  #missingBytes = 0;

  constructor(onPayload: (bytes: Buffer) => void) {
    this.#onPayload = onPayload;
  }

  /** Adds the next part of the answer, which may begin and end anywhere within a frame. */
  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) {
      if (this.#missingBytes > 0) {
        const payload = rest.subarray(0, this.#missingBytes);
        this.#missingBytes -= payload.length;
        this.#onPayload(payload);
        rest = rest.subarray(payload.length);
        continue;
      }
      const wanted = HEADER_BYTES - this.#header.length;
      this.#header = Buffer.concat([this.#header, rest.subarray(0, wanted)]);
      rest = rest.subarray(wanted);
      if (this.#header.length === HEADER_BYTES) {
        this.#missingBytes = this.#header.readUInt32BE(4);
        this.#header = Buffer.alloc(0);
      }
    }
  }
}
