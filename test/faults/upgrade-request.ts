const HEAD_END = '\r\n\r\n';
/** No legitimate request head is longer. */
const MAX_HEAD_BYTES = 16 * 1024;

/**
 * Whether a connection begins with a WebSocket upgrade; null: more bytes are needed to tell. The first request is enough: a
 * WebSocket client never upgrades a connection that was used before.
 */
export function asksForWebSocket(begin: Buffer): boolean | null {
  const text = begin.toString('latin1');
  // The handshake is always a GET (RFC 6455, 4.1).
  if (!'GET '.startsWith(text.slice(0, 4))) return false;
  const end = text.indexOf(HEAD_END);
  if (end < 0) return text.length < MAX_HEAD_BYTES ? null : false;
  return /\r\nupgrade:\s*websocket\s*\r\n/i.test(text.slice(0, end + 2));
}
