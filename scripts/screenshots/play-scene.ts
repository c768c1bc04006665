import { SCENE, type SceneOrder } from './scene.ts';

const MINUTE_MS = 60_000;
const OPEN = new Set(['preparing', 'ready', 'delivering']);

/**
 * Places the whole scene through the HTTP API, as a shop system would.
 *
 * @param shown waits until the board shows an order in a status: each step is taken before its eyes
 */
export async function playScene(
  serverUrl: string,
  token: string,
  shown: (orderId: string, status: string) => Promise<void>,
): Promise<void> {
  const post = async (path: string, body: unknown): Promise<{ id: string }> => {
    const answer = await fetch(`${serverUrl}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as { id: string };
  };
  for (const order of SCENE) {
    const { id } = await post('/orders', bodyOf(order));
    await shown(id, 'pending');
    for (const step of order.steps) {
      await post(`/orders/${id}/status`, step);
      if (OPEN.has(step.status)) await shown(id, step.status);
    }
  }
}

function bodyOf({ minutesAgo, dueInMinutes, body }: SceneOrder): Record<string, unknown> {
  const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE_MS).toISOString();
  return {
    currency: 'GEL',
    placedAt: inMinutes(-minutesAgo),
    ...(dueInMinutes !== undefined && { dueAt: inMinutes(dueInMinutes) }),
    ...body,
  };
}
