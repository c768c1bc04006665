import { parentPort } from 'node:worker_threads';
import { readTicket } from '#capture/read-ticket.ts';
import type { Reading } from './create-ticket-reader.ts';

/** The thread of `create-ticket-reader.ts`: an answer for each message, in their order. */
parentPort?.on('message', ({ jobs, layout }: Reading) =>
  parentPort?.postMessage(jobs.map((lines) => readTicket(lines, layout))),
);
