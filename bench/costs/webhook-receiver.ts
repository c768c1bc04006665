import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

/** A worker that receives webhooks, so that it takes no time of the one that measures. Says its address; answers after `workerData` ms. */
const http = createServer((request, response) => {
  request.resume();
  request.on('end', () => setTimeout(() => response.writeHead(204).end(), workerData));
});
http.listen(0, '127.0.0.1', () => parentPort?.postMessage(`http://127.0.0.1:${(http.address() as AddressInfo).port}/`));
