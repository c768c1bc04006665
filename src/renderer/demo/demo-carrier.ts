import type { BridgeError, CallInput, Carrier } from '#contract/bridge.ts';
import type { Intent } from '#contract/command.ts';
import type { Result } from '#contract/errors.ts';
import { DEFAULT_SETTINGS } from '#contract/settings.ts';
import { createDemoCore } from './demo-core.ts';
import { sceneOf } from './scene.ts';

const ok = (value: unknown): Result<unknown, BridgeError> => ({ ok: true, value });

/** A carrier with a dinner service behind it, for drawing and looking: `vite --mode demo`. Not in a shipped build. */
export function demoCarrier(query: string): Carrier {
  const scene = sceneOf(query, Date.now());
  const pushes = new Set<(name: string, payload: unknown) => void>();
  const ups = new Set<(up: boolean) => void>();
  const push = (name: string, payload: unknown) => {
    for (const listener of pushes) listener(name, payload);
  };
  const core = createDemoCore(scene, push);

  setInterval(() => !scene.hostLost && push('status', core.status()), 2_500);
  if (scene.hostLost) setTimeout(() => ups.forEach((up) => void up(false)), 1_000);
  if (scene.cancel)
    setTimeout(() => {
      for (const number of ['113', '114']) {
        const order = [...core.orders.values()].find((o) => o.number === number);
        if (order)
          core.elsewhere({
            ...order,
            status: 'cancelled',
            statusSince: new Date().toISOString(),
            reason: 'Customer asked for it',
            version: order.version + 1,
          });
      }
    }, 500);
  if (scene.toasts)
    setTimeout(() => {
      push('notice', { id: 't1', kind: 'success', code: 'back_live', params: {} });
      push('notice', { id: 't2', kind: 'info', code: 'order_new', params: { number: '118' } });
      push('notice', { id: 't3', kind: 'warning', code: 'bumped_elsewhere', params: { number: '109' } });
      push('notice', { id: 't4', kind: 'error', code: 'refresh_failed', params: {} });
    }, 500);
  if (scene.busy > 0) {
    let turn = 0;
    setInterval(() => {
      const all = [...core.orders.values()];
      const order = all[turn++ % all.length];
      if (!order) return;
      const status = order.payment.status === 'paid' ? 'unpaid' : 'paid';
      core.elsewhere({ ...order, payment: { ...order.payment, status }, version: order.version + 1 });
    }, 1_000 / scene.busy);
  }

  return {
    async call(name, input) {
      const asked = input as never;
      switch (name) {
        case 'getBoard':
          return ok(core.board());
        case 'getStatus':
          return ok(core.status());
        case 'command': {
          const { orderId, intent } = asked as { orderId: string; intent: Intent };
          core.command(orderId, intent);
          return ok({ n: 1, undo: null });
        }
        case 'tickItems': {
          const { orderId, itemIds, done } = asked as CallInput<'tickItems'>;
          for (const itemId of itemIds) core.command(orderId, { type: 'set_item_done', payload: { itemId, done } });
          return ok({ n: 1, undo: null });
        }
        case 'acknowledgeAll':
          core.acknowledgeAll();
          return ok({ count: 0 });
        case 'dismissFailedCommand':
          core.dismissFailedCommand((asked as { id: string }).id);
          return ok(null);
        case 'getFigures':
          return ok(core.figures((asked as CallInput<'getFigures'>).range));
        case 'changeSettings':
          return ok(core.changeSettings(asked));
        case 'getDefaultSettings':
          return ok(DEFAULT_SETTINGS);
        case 'searchOrders':
          return ok(core.search(asked));
        case 'getOrderStory':
          return ok(core.story((asked as { orderId: string }).orderId));
        case 'refresh':
          push('notice', { id: `r${Date.now()}`, kind: 'success', code: 'refreshed', params: {} });
          return ok({ live: true });
        default:
          return { ok: false, error: { code: 'unavailable', message: 'not in the demo' } };
      }
    },
    onPush(listener) {
      pushes.add(listener);
      return () => pushes.delete(listener);
    },
    onUp(listener) {
      listener(true);
      ups.add(listener);
      return () => ups.delete(listener);
    },
  };
}
