import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { startServer } from '#test/support/server.ts';

it('answers the request that is under way when the server stops, and then does not wait for its connection', async () => {
  const server = await startServer();
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.on('data', (data) => {
    answer += data;
  });
  const ended = new Promise((resolve) => socket.on('close', resolve));
  const body = JSON.stringify({ code: 'AAAAAA' });
  const head = `POST /api/v1/pair HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
  await new Promise((resolve) => socket.write(head + body.slice(0, 5), resolve));
  await new Promise((resolve) => setTimeout(resolve, 50));
  const stopped = server.close();
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.write(body.slice(5));
  await Promise.all([stopped, ended]);
  expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
});
