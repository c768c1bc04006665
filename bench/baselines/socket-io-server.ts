import { createServer } from 'node:http';
import express from 'express';
import { Server } from 'socket.io';
import { openOrderTable } from './order-table.ts';

/** What one writes first: express, a room of Socket.io for each store, SQLite. `PORT` and `FILE` come from the environment. */
const table = openOrderTable(process.env.FILE ?? '', 'NORMAL');
const app = express();
const http = createServer(app);
const io = new Server(http);

app.use(express.json());
app.post('/stores/:store/orders', ({ params, body }, response) => {
  const numbered = table.create(params.store, body);
  io.to(params.store).emit('order', numbered);
  response.status(201).json(numbered);
});
app.patch('/stores/:store/orders/:id', ({ params, body }, response) => {
  const numbered = table.change(params.store, Number(params.id), body);
  if (!numbered) return void response.status(404).json({});
  io.to(params.store).emit('order', numbered);
  response.json(numbered);
});
app.get('/stores/:store/orders', ({ params, query }, response) => {
  const orders = table.after(params.store, Number(query.after ?? 0)).map((text) => JSON.parse(text));
  response.json({ orders });
});

io.on('connection', (socket) => void socket.join(String(socket.handshake.auth.store)));

http.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'));
