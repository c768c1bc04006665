import { parentPort, workerData } from 'node:worker_threads';
import { WebSocket } from 'ws';

/** Asks for everything again so often, ms. */
const AGAIN_MS = 1_000;

/** `reads`: takes what comes. `stuck`: is connected and never reads. `again`: asks for the whole log all the time. */
export interface FeedClientData {
  url: string;
  storeId: string;
  token: string;
  does: 'reads' | 'stuck' | 'again';
}
const { url, storeId, token, does } = workerData as FeedClientData;

let epoch = '';
let socket: WebSocket | undefined;
let timer: ReturnType<typeof setInterval> | undefined;

function connect(): void {
  socket?.terminate();
  const since = does === 'again' && epoch !== '' ? `&since=0&epoch=${epoch}` : '';
  const options = { headers: { authorization: `Bearer ${token}` } };
  const mine = new WebSocket(`${url.replace('http', 'ws')}/api/v1/feed?storeId=${storeId}${since}`, options);
  socket = mine;
  mine.on('error', () => {});
  mine.once('message', (data) => {
    epoch = JSON.parse(String(data)).data.epoch;
    if (does === 'stuck') mine.pause();
  });
}

parentPort?.on('message', (what) => {
  clearInterval(timer);
  if (what === 'begin') {
    connect();
    if (does === 'again') timer = setInterval(connect, AGAIN_MS);
  } else socket?.terminate();
});
parentPort?.postMessage('ready');
