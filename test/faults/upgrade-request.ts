const HEAD_END = '\r\n\r\n';
/** No honest request head is longer. */
const MAX_HEAD_BYTES = 16 * 1024;

/**
 * Whether a connection begins by asking for a WebSocket; null: more bytes are needed to tell. Only the first request
 * of a connection is looked at, since a WebSocket client never asks on one that was used before.
 */
export function asksForWebSocket(begin: Buffer): boolean | null {
  const text = begin.toString('latin1');
  // The handshake is always a GET (RFC 6455, 4.1).
  if (!'GET '.startsWith(text.slice(0, 4))) return false;
  const end = text.indexOf(HEAD_END);
  if (end < 0) return text.length < MAX_HEAD_BYTES ? null : false;
  return /\r\nupgrade:\s*websocket\s*\r\n/i.test(text.slice(0, end + 2));
}
