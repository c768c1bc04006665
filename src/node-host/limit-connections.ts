import type { Server, Socket } from 'node:net';

/** Far more than the pages of one tablet open. */
const FROM_ONE_ADDRESS = 100;
/** Below the 1,024 files that many systems let a process open. */
const IN_ALL = 500;

/** Closes further connections, so that nobody on the network can use up the files that this process may open. */
export function limitConnections(server: Server, fromOneAddress = FROM_ONE_ADDRESS, inAll = IN_ALL): void {
  const open = new Map<string, number>();
  server.maxConnections = inAll;
  server.on('connection', (socket: Socket) => {
    const from = socket.remoteAddress ?? '';
    const count = (open.get(from) ?? 0) + 1;
    if (count > fromOneAddress) return void socket.destroy();
    open.set(from, count);
    socket.once('close', () => {
      const left = (open.get(from) ?? 1) - 1;
      if (left > 0) open.set(from, left);
      else open.delete(from);
    });
  });
}
