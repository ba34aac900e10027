import { invalidConfig } from "../../errors.ts";

/**
 * Decodes a `.env` file and removes its byte order mark. Compose takes other encodings than UTF-8
 * as they come, and tells only an unexpected character, if anything.
 *
 * @throws DeployError of kind `InvalidConfig` for UTF-16, and for bytes that are no text
 */
export function decodeEnvFile(bytes: Uint8Array, file: string): string {
  const text = decoded(bytes);
  if (text === undefined || text.includes("\0")) {
    const message = isUtf16(bytes)
      ? 'is UTF-16, as Windows PowerShell and Notepad\'s "Unicode" write it; save it as UTF-8'
      : "is not UTF-8; save it as UTF-8";
    throw invalidConfig([{ field: file, message }]);
  }
  return text;
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Whether the bytes begin with UTF-16's mark, or every other of the first is zero, as in ASCII. */
function isUtf16(bytes: Uint8Array): boolean {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes;
  const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const zeros = [first, second, third, fourth].map((byte) => byte === 0).join();
  return hasMark || (bytes.length > 1 && /^(true,false|false,true)/.test(zeros));
}
