/** Reads the first file of a tar archive, as the engine answers a request for a path. Pure. */

const BLOCK_BYTES = 512;

/** Content of the first file of an archive; undefined where the first entry is no plain file. */
export function firstFileIn(archive: Buffer): string | undefined {
  const type = String.fromCharCode(archive[156] ?? 0);
  if (archive.length < BLOCK_BYTES || (type !== "0" && type !== "\0")) {
    return undefined;
  }
  const size = Number.parseInt(archive.toString("latin1", 124, 136), 8);
  const end = BLOCK_BYTES + size;
  return Number.isInteger(size) && archive.length >= end
    ? archive.toString("utf8", BLOCK_BYTES, end)
    : undefined;
}
