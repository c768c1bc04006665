import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { CommandPayload, CommandType } from '#contract/command.ts';
import { type Order, OrderDraft } from '#contract/order.ts';
import type { AdminCaller, DeviceCaller } from '../caller.ts';
import type { Service } from '../service.ts';
import type { ServiceError } from '../service-error.ts';

export const ADMIN: AdminCaller = { role: 'admin', id: 'admin', name: 'admin', storeId: null };

/** A parsed draft, as the edges hand it over. */
export function draft(over: Partial<z.input<typeof OrderDraft>> = {}): OrderDraft {
  return OrderDraft.parse({ items: [{ name: 'Khachapuri', quantity: 2 }], currency: 'GEL', totalMinor: 2900, ...over });
}

export interface Shop {
  id: string;
  display: DeviceCaller;
  display2: DeviceCaller;
  integration: DeviceCaller;
  place(over?: Partial<z.input<typeof OrderDraft>>): Promise<Order>;
}

/** A store with two displays and an integration. */
export async function makeShop(service: Service, id = 'main', timeZone = 'Asia/Tbilisi'): Promise<Shop> {
  await service.stores.create({ id, name: id, currency: 'GEL', timeZone, settings: undefined });
  const device = async (name: string, role: 'display' | 'integration') => {
    const { deviceId } = await service.access.createDevice(id, { name, role });
    return { role, id: deviceId, name, storeId: id } satisfies DeviceCaller;
  };
  const integration = await device('web', 'integration');
  return {
    id,
    display: await device('Kitchen', 'display'),
    display2: await device('Counter', 'display'),
    integration,
    place: async (over) => (await service.orders.create(integration, id, draft(over))).order,
  };
}

/** A command as a display would send it, unchecked. */
export function command<T extends CommandType>(
  n: number,
  order: Pick<Order, 'id' | 'version'>,
  type: T,
  payload: CommandPayload<T>,
  at: number,
) {
  return {
    n,
    commandId: randomUUID(),
    orderId: order.id,
    type,
    payload,
    baseVersion: order.version,
    issuedAt: new Date(at).toISOString(),
  };
}

/** The code (and the rest) with which something was refused; what went through, or broke otherwise, is an error. */
export async function refusalOf(attempt: Promise<unknown>): Promise<ServiceError> {
  const outcome = await attempt.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof Error && 'code' in outcome) return outcome as ServiceError;
  throw outcome ?? new Error('it was not refused');
}
