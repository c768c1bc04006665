import assert from 'node:assert/strict';
import { group, Skip } from '../support/check.ts';
import { client } from '../support/client.ts';
import { statusIs } from '../support/expect.ts';

export const health = group('health', {
  '[2] /health and /ready are 200 at the root, open, and say nothing secret': async (trial) => {
    for (const path of ['//health', '//ready']) {
      const answer = await client(trial, null).get(path);
      statusIs(answer, 200);
      for (const secret of [trial.adminToken, trial.metricsToken, trial.customerSecret])
        assert.ok(!secret || !answer.text.includes(secret));
      assert.doesNotMatch(answer.text, /file:|postgres:|redis:|\/(home|root|usr|var|tmp)\/|\.db\b/);
    }
  },

  '[2] CORS_ORIGINS, and no other origin, may read answers in a browser': async (trial) => {
    if (!trial.corsOrigin) throw new Skip('needs --cors-origin');
    const admin = client(trial, trial.adminToken);
    const allowedFor = async (origin: string) =>
      (await admin.get('/stores', { origin })).headers.get('access-control-allow-origin');
    assert.equal(await allowedFor(trial.corsOrigin), trial.corsOrigin);
    const other = await allowedFor('https://evil.example');
    assert.ok(other !== '*' && other !== 'https://evil.example', `allowed: ${other}`);
  },
});
