import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { CommandPayload, CommandType } from '#contract/command.ts';
import { type Order, OrderDraft } from '#contract/order.ts';
import type { AdminCaller, DeviceCaller } from '../caller.ts';
import type { Service } from '../service.ts';
import type { ServiceError } from '../service-error.ts';

export const ADMIN: AdminCaller = { role: 'admin', id: 'admin', name: 'admin', storeId: null };

/** A parsed draft, as the edges pass it on. */
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

/** A command as a display sends it; `after`: the commandId of the one before. */
export function command<T extends CommandType>(
  order: Pick<Order, 'id' | 'version'>,
  type: T,
  payload: CommandPayload<T>,
  at: number,
  after: string | null = null,
) {
  return {
    commandId: randomUUID(),
    after,
    orderId: order.id,
    type,
    payload,
    baseVersion: order.version,
    issuedAt: new Date(at).toISOString(),
  };
}

/** Commands in a display's order, as many as `names`; each makes a change, whatever came before it. */
export function chain<const T extends readonly unknown[]>(
  names: T,
  order: Pick<Order, 'id' | 'version'>,
  at: number,
): { -readonly [K in keyof T]: ReturnType<typeof command> } {
  let after: string | null = null;
  const commands = names.map((_, i) => {
    const dueAt = new Date(at + (i + 1) * 60_000).toISOString();
    const next = command(order, 'set_due', { dueAt }, at, after);
    after = next.commandId;
    return next;
  });
  return commands as { -readonly [K in keyof T]: ReturnType<typeof command> };
}

/** The ServiceError that a call is refused with; success or any other failure is an error. */
export async function refusalOf(attempt: Promise<unknown>): Promise<ServiceError> {
  const outcome = await attempt.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof Error && 'code' in outcome) return outcome as ServiceError;
  throw outcome ?? new Error('it was not refused');
}
