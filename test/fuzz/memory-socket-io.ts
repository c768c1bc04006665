/** The part of Socket.io's server that ours uses, without the network; `hooks.ts` loads it instead of the package. */

type Listener = (...args: never[]) => void;
type Middleware = (socket: MemorySocket, next: (error?: Error) => void) => void;

/** The display's end of a connection. */
export interface Port {
  say(event: string, payload: unknown): void;
  /** The server ended the connection. */
  closed(): void;
}

export interface MemorySocket {
  id: string;
  connected: boolean;
  emit(event: string, payload: unknown): void;
  /** The server ends it. */
  disconnect(close?: boolean): void;
  /** A message has arrived. */
  receive(event: string, payload: unknown, ack?: (answer: unknown) => void): void;
  /** The connection is gone, and the server has noticed. */
  lost(reason: string): void;
}
let sockets = 0;

function createSocket(rooms: Map<string, Set<MemorySocket>>, auth: Record<string, unknown>, port: Port): MemorySocket {
  const listeners = new Map<string, Listener[]>();
  let onAny: ((event: string, ...args: unknown[]) => void) | null = null;
  const mine = new Set<string>();
  const socket = {
    id: `socket-${++sockets}`,
    data: {} as Record<string, unknown>,
    handshake: { auth },
    connected: true,
    join(room: string): void {
      if (!socket.connected) return;
      mine.add(room);
      rooms.set(room, (rooms.get(room) ?? new Set()).add(socket));
    },
    emit(event: string, payload: unknown): void {
      if (socket.connected) port.say(event, payload);
    },
    on(event: string, listener: Listener): void {
      listeners.set(event, [...(listeners.get(event) ?? []), listener]);
    },
    onAny(listener: (event: string, ...args: unknown[]) => void): void {
      onAny = listener;
    },
    disconnect(_close?: boolean): void {
      if (!socket.connected) return;
      socket.lost('server namespace disconnect');
      port.closed();
    },
    conn: {
      on(): void {},
      request: {
        headers: {},
        socket: {
          remoteAddress: 'memory',
          destroyed: false,
          once(): void {},
          destroy: (): void => socket.disconnect(),
        },
      },
      close: (): void => socket.disconnect(),
    },
    receive(event: string, payload: unknown, ack?: (answer: unknown) => void): void {
      if (socket.connected) onAny?.(event, payload, ...(ack ? [ack] : []));
    },
    lost(reason: string): void {
      if (!socket.connected) return;
      socket.connected = false;
      for (const room of mine) rooms.get(room)?.delete(socket);
      for (const listener of listeners.get('disconnect') ?? []) (listener as (reason: string) => void)(reason);
    },
  };
  socket.join(socket.id);
  return socket;
}

function createNamespace() {
  const rooms = new Map<string, Set<MemorySocket>>();
  const middlewares: Middleware[] = [];
  let onConnection: ((socket: MemorySocket) => void) | null = null;
  const inRooms = (names: string | string[]): Set<MemorySocket> =>
    new Set([names].flat().flatMap((name) => [...(rooms.get(name) ?? [])]));
  return {
    use(middleware: Middleware): void {
      middlewares.push(middleware);
    },
    on(event: string, listener: (socket: MemorySocket) => void): void {
      if (event === 'connection') onConnection = listener;
    },
    to: (names: string | string[]) => ({
      emit(event: string, payload: unknown): void {
        for (const socket of inRooms(names)) socket.emit(event, payload);
      },
    }),
    in: (names: string | string[]) => ({
      disconnectSockets(): void {
        for (const socket of inRooms(names)) socket.disconnect();
      },
    }),
    /** Opens a connection; `answer` gets the socket or the refusal. */
    connect(auth: Record<string, unknown>, port: Port, answer: (socket: MemorySocket | Error) => void): void {
      const socket = createSocket(rooms, auth, port);
      const ask = (index: number): void => {
        const middleware = middlewares[index];
        if (middleware) middleware(socket, (error) => (error ? answer(error) : ask(index + 1)));
        else {
          answer(socket);
          onConnection?.(socket);
        }
      };
      ask(0);
    },
  };
}

export type MemoryNamespace = ReturnType<typeof createNamespace>;

/** Replaces `import { Server } from 'socket.io'`. */
export class Server {
  readonly namespaces = new Map<string, MemoryNamespace>();
  readonly engine = { on(): void {}, close(): void {} };
  of(name: string): MemoryNamespace {
    const known = this.namespaces.get(name) ?? createNamespace();
    this.namespaces.set(name, known);
    return known;
  }
}
