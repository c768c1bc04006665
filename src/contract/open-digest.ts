/**
 * Rule S6: the first 8 bytes, in hex, of SHA-256 over `id:version\n` of all open orders.
 *
 * @param open sorted by the bytes of the ids
 * @param sha256 in lower-case hex
 */
export function openDigest(open: readonly { id: string; version: number }[], sha256: (text: string) => string): string {
  return sha256(open.map(({ id, version }) => `${id}:${version}\n`).join('')).slice(0, 16);
}
