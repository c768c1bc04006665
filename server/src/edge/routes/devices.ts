import { z } from 'zod';
import { Timestamp } from '#contract/field-types.ts';
import { Device, DeviceDraft, PairAnswer, PairRequest } from '#contract/store.ts';
import { ServiceError } from '../../service-error.ts';
import { type App, route } from '../app.ts';
import { clientOf } from '../client-of.ts';
import type { Edge } from '../edge.ts';
import { callerOf, managerOf, rejectRateLimited, storeOf } from '../identity.ts';
import { createPairingTries } from '../pairing-tries.ts';
import { RIGHTS } from '../rights.ts';
import { onceOf, WriteHeaders } from '../write-headers.ts';
import { StoreParams } from './stores.ts';

/** Devices, their tokens, and pairing. */
export function deviceRoutes(app: App, { service, settings }: Edge): void {
  const tries = createPairingTries();

  app.post(
    '/stores/:id/devices',
    route(RIGHTS.manageStore, 'devices', 'Create a device and its token, which is shown once', {
      description: 'Only an admin creates managers.',
      params: StoreParams,
      headers: WriteHeaders,
      body: DeviceDraft,
      response: { 201: z.object({ deviceId: z.string(), token: z.string() }) },
    }),
    async (request, reply) => {
      const caller = callerOf(request);
      if (request.body.role === 'manager' && caller.role !== 'admin')
        throw new ServiceError('forbidden', 'Only an admin creates managers.');
      const storeId = storeOf(caller, request.params.id);
      const made = await service.access.createDevice(storeId, request.body, onceOf(request));
      return reply.code(201).send(made);
    },
  );

  app.get(
    '/stores/:id/devices',
    route(RIGHTS.manageStore, 'devices', 'The devices of a store', {
      params: StoreParams,
      response: { 200: z.object({ devices: z.array(Device) }) },
    }),
    async (request) => {
      const devices = await service.access.listDevices(storeOf(callerOf(request), request.params.id));
      return { devices: devices.map((device) => ({ ...device, live: service.receipts.isConnected(device.deviceId) })) };
    },
  );

  app.delete(
    '/devices/:id',
    route(RIGHTS.manageStore, 'devices', 'Revoke a device; its sockets end at once', {
      params: StoreParams,
      response: { 204: z.undefined() },
    }),
    async (request, reply) => {
      await service.access.revokeDevice(request.params.id, callerOf(request).storeId);
      return reply.code(204).send();
    },
  );

  app.post(
    '/devices/:id/rotate',
    route(RIGHTS.manageStore, 'devices', 'Give a device another token, which is shown once', {
      description: 'The token before stays valid for 10 minutes; then its sockets end.',
      params: StoreParams,
      response: { 201: z.object({ token: z.string() }) },
    }),
    async (request, reply) => {
      const made = await service.access.rotateToken(managerOf(request), request.params.id);
      return reply.code(201).send(made);
    },
  );

  app.post(
    '/stores/:id/pairing-codes',
    route(RIGHTS.manageStore, 'devices', 'Create a code that pairs one display within 10 minutes', {
      params: StoreParams,
      response: { 201: z.object({ code: z.string(), expiresAt: Timestamp }) },
    }),
    async (request, reply) => {
      const code = await service.access.createPairingCode(storeOf(callerOf(request), request.params.id));
      return reply.code(201).send(code);
    },
  );

  app.post(
    '/pair',
    route('open', 'devices', 'Trade a pairing code for a token', {
      description:
        'With an `Idempotency-Key` that nobody can guess, a repeat within 10 minutes pairs the same device again.',
      headers: WriteHeaders,
      body: PairRequest,
      response: { 201: PairAnswer },
    }),
    async (request, reply) => {
      const { code, deviceName } = request.body;
      const key = request.headers['idempotency-key'];
      const attempt = tries.begin(clientOf(request.raw, settings).address);
      if (attempt.wait !== null) rejectRateLimited(reply, attempt.wait);
      const paired = await service.access.redeemPairingCode(code, deviceName, key).catch((error) => {
        if (!(error instanceof ServiceError)) attempt.wasNotWrong();
        throw error;
      });
      attempt.wasNotWrong();
      return reply.code(201).send(paired);
    },
  );
}
