/** Maximum length of a shown line, in characters; longer lines are split. */
const MAX_LINE_CHARACTERS = 16 * 1024;

/** Maximum number of unsent lines; with more, the command has to wait. */
const MAX_WAITING_LINES = 1000;

/** Sends a command's output to the engine line by line, in order, while the command runs. */
export class LineLog {
  readonly #send: (line: string) => Promise<void>;
  readonly #decoder = new TextDecoder();
  #rest = "";
  #waiting = 0;
  #sent: Promise<void> = Promise.resolve();

  /** @param send Shows one line; its promise settles when the next one may follow. */
  constructor(send: (line: string) => Promise<void>) {
    this.#send = send;
  }

  /** Takes output of either stream. False asks the caller to wait for {@link whenTaken}. */
  push(chunk: Buffer): boolean {
    const lines = (this.#rest + this.#decoder.decode(chunk, { stream: true })).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) {
      this.#show(this.#showStart(line));
    }
    this.#rest = this.#showStart(this.#rest);
    return this.#waiting <= MAX_WAITING_LINES;
  }

  /** Calls back when everything taken so far has reached the engine. */
  whenTaken(then: () => void): void {
    this.#sent.then(then, then);
  }

  /** Shows an unterminated last line and waits until everything has reached the engine. */
  async end(): Promise<void> {
    const last = this.#showStart(this.#rest + this.#decoder.decode());
    this.#rest = "";
    if (last !== "") {
      this.#show(last);
    }
    await this.#sent;
  }

  /** Shows the first parts of an overlong line, and returns the rest. */
  #showStart(line: string): string {
    let rest = line;
    while (rest.length > MAX_LINE_CHARACTERS) {
      this.#show(rest.slice(0, MAX_LINE_CHARACTERS));
      rest = rest.slice(MAX_LINE_CHARACTERS);
    }
    return rest;
  }

  #show(line: string): void {
    this.#waiting++;
    this.#sent = this.#sent.then(async () => {
      await this.#send(line.replace(/\r$/, ""));
      this.#waiting--;
    });
  }
}
