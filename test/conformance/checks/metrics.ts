import assert from 'node:assert/strict';
import { group, Skip } from '../support/check.ts';
import { client } from '../support/client.ts';
import { statusIs } from '../support/expect.ts';
import { openShop } from '../support/shop.ts';

export const metrics = group('metrics', {
  '[5] /metrics is Prometheus text': async (trial) => {
    const answer = await client(trial, trial.adminToken).get('/metrics');
    statusIs(answer, 200);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/plain|^application\/openmetrics-text/);
    assert.match(answer.text, /^# TYPE \w+ (counter|gauge|histogram|summary)$/m);
  },

  '[2] METRICS_TOKEN reads /metrics and nothing else': async (trial) => {
    if (!trial.metricsToken) throw new Skip('needs --metrics-token');
    const shop = await openShop(trial);
    const reader = client(trial, trial.metricsToken);
    statusIs(await reader.get('/metrics'), 200);
    for (const path of [
      '/orders',
      '/snapshot',
      '/stores',
      `/stores/${shop.id}`,
      `/stores/${shop.id}/devices`,
      '/stats',
    ])
      statusIs(await reader.get(path), 401, 403);
    statusIs(await reader.post('/stores', { name: 'x', currency: 'GEL', timeZone: 'UTC' }), 401, 403);
  },
});
