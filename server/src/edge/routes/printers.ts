import { z } from 'zod';
import { Printer, PrinterDraft, PrinterPatch, PrintJob, PrintRequest } from '#contract/printer.ts';
import { type App, route } from '../app.ts';
import type { Edge } from '../edge.ts';
import { callerOf, storeOf } from '../identity.ts';
import { RIGHTS } from '../rights.ts';
import { onceOf, WriteHeaders } from '../write-headers.ts';
import { StoreParams } from './stores.ts';

const TAG = 'printers';

/** Kitchen printers (contract, section 14). */
export function printerRoutes(app: App, edge: Edge): void {
  app.post(
    '/stores/:id/printers',
    route(RIGHTS.manageStore, TAG, 'Add a kitchen printer', {
      description: 'It prints what happens from now on. Without `on` it prints only by hand.',
      params: StoreParams,
      headers: WriteHeaders,
      body: PrinterDraft,
      response: { 201: Printer },
    }),
    async (request, reply) => {
      const storeId = storeOf(callerOf(request), request.params.id);
      const made = await edge.service.printers.create(storeId, request.body, onceOf(request));
      return reply.code(201).send(made);
    },
  );

  app.get(
    '/stores/:id/printers',
    route(RIGHTS.manageStore, TAG, 'The printers of a store', {
      params: StoreParams,
      response: { 200: z.object({ printers: z.array(Printer) }) },
    }),
    async (request) => ({ printers: await edge.service.printers.list(storeOf(callerOf(request), request.params.id)) }),
  );

  app.get(
    '/printers/:id',
    route(RIGHTS.manageStore, TAG, 'A printer', { params: StoreParams, response: { 200: Printer } }),
    (request) => edge.service.printers.get(request.params.id, callerOf(request).storeId),
  );

  app.patch(
    '/printers/:id',
    route(RIGHTS.manageStore, TAG, 'Change a printer', {
      description: 'What is added to `on` counts from now on. What waits is printed as the printer is then.',
      params: StoreParams,
      body: PrinterPatch,
      response: { 200: Printer },
    }),
    (request) => edge.service.printers.patch(request.params.id, request.body, callerOf(request).storeId),
  );

  app.delete(
    '/printers/:id',
    route(RIGHTS.manageStore, TAG, 'Delete a printer', { params: StoreParams, response: { 204: z.undefined() } }),
    async (request, reply) => {
      await edge.service.printers.remove(request.params.id, callerOf(request).storeId);
      return reply.code(204).send();
    },
  );

  app.post(
    '/printers/:id/test',
    route(RIGHTS.manageStore, TAG, 'Print a test page', { params: StoreParams, response: { 202: PrintJob } }),
    async (request, reply) =>
      reply.code(202).send(await edge.service.printers.test(request.params.id, callerOf(request).storeId)),
  );

  app.post(
    '/orders/:id/print',
    route(RIGHTS.manageStore, TAG, 'Print an order by hand', {
      description: 'The answer comes before the paper. An order that waits there already is not printed twice.',
      params: StoreParams,
      body: PrintRequest,
      response: { 202: PrintJob },
    }),
    async (request, reply) => {
      const { storeId } = callerOf(request);
      const { printerId } = request.body;
      return reply.code(202).send(await edge.service.printers.print(request.params.id, printerId, storeId));
    },
  );
}
