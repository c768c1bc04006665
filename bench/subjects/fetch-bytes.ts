import { get, type IncomingMessage } from 'node:http';

/** Reads a whole answer and keeps its beginning. Rejects unless it is 200. */
export async function fetchBytes(
  url: string,
  headers: Record<string, string>,
): Promise<{ bytes: number; beginning: Buffer }> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { headers, agent: false }, resolve).once('error', reject);
  });
  let beginning = Buffer.alloc(0);
  for await (const part of answer) if (beginning.length < 4_096) beginning = Buffer.concat([beginning, part]);
  if (answer.statusCode !== 200) throw new Error(`GET ${url}: ${answer.statusCode}`);
  return { bytes: answer.socket.bytesRead + answer.socket.bytesWritten, beginning };
}
