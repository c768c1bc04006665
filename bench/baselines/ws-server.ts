import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { openOrderTable } from './order-table.ts';

/**
 * Bare `ws` over SQLite: the least that takes an order over HTTP, stores it in one transaction before the answer and sends
 * it to the store's sockets. `PORT`, `FILE` and `SYNCHRONOUS` (FULL or NORMAL) come from the environment.
 */
const { FILE = '', SYNCHRONOUS } = process.env;
const table = openOrderTable(FILE, SYNCHRONOUS === 'NORMAL' ? 'NORMAL' : 'FULL');
const socketsOf = new Map<string, Set<WebSocket>>();

const http = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
  const [, , store = '', , id] = pathname.split('/');
  if (request.method === 'GET') return answer(response, 200, list(store, Number(searchParams.get('after') ?? 0)));
  const body = await bodyOf(request);
  const numbered = request.method === 'POST' ? table.create(store, body) : table.change(store, Number(id), body);
  if (!numbered) return answer(response, 404, '{}');
  const text = JSON.stringify(numbered);
  for (const socket of socketsOf.get(store) ?? []) socket.send(text);
  answer(response, request.method === 'POST' ? 201 : 200, text);
});

/** All orders that changed after this number; 0: all. */
const list = (store: string, after: number): string => `{"orders":[${table.after(store, after).join(',')}]}`;

async function bodyOf(request: IncomingMessage): Promise<object> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString());
}

function answer(response: ServerResponse, status: number, text: string): void {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  response.writeHead(status, headers).end(text);
}

const sockets = new WebSocketServer({ server: http });
sockets.on('connection', (socket, request) => {
  const store = (request.url ?? '').split('/')[2] ?? '';
  const those = socketsOf.get(store) ?? new Set();
  socketsOf.set(store, those.add(socket));
  socket.on('close', () => those.delete(socket)).on('error', () => {});
});

http.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'));
