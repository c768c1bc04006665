import { connect, type Socket } from 'node:net';

/** A till that is connected to a printer. */
export const connectTill = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.once('error', reject);
  });

/** Prints, and resolves once the printer has ended the connection: what was printed is stored then, or refused. */
export async function printTo(port: number, ...parts: Uint8Array[]): Promise<void> {
  const socket = await connectTill(port);
  for (const part of parts) socket.write(part);
  socket.end();
  await new Promise((done) => socket.once('close', done).resume());
}

/** The printer's answer to `DLE EOT 1`, as hexadecimal: `12` ready, `1a` off line. */
export async function printerStatus(port: number): Promise<string> {
  const socket = await connectTill(port);
  const answer = await new Promise<Buffer>((resolve) => {
    socket.once('data', resolve);
    socket.write(Uint8Array.from([0x10, 4, 1]));
  });
  socket.destroy();
  return answer.toString('hex');
}
