import type { Socket } from 'node:net';

/**
 * Ends a connection by RST. One whose own end was said before can only be closed: libuv refuses to reset it, and Node
 * then leaves it open for ever (`uv_tcp_close_reset`, EINVAL while shutting down).
 */
export function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
