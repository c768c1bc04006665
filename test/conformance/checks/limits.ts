import assert from 'node:assert/strict';
import { group, launcherOf } from '../support/check.ts';
import { type Answer, client } from '../support/client.ts';
import { refusalOf, statusIs } from '../support/expect.ts';
import { limitedServer, RATE_LIMIT } from '../support/limited-server.ts';
import { addDevice, openShop } from '../support/shop.ts';

const OPEN_ROUTES_A_MINUTE = 60;

async function inARow(times: number, send: () => Promise<Answer>): Promise<Answer[]> {
  const answers = [];
  for (let i = 0; i < times; i++) answers.push(await send());
  return answers;
}

/** The first `free` go through; further on some are refused, each with `Retry-After`. */
function areLimited(answers: Answer[], free: number): void {
  const refused = answers.map(({ status }) => status === 429);
  assert.ok(!refused.slice(0, free).includes(true), `refused after ${refused.indexOf(true)}, ${free} are allowed`);
  assert.ok(refused.includes(true), `none of ${answers.length} was refused`);
  for (const answer of answers.filter(({ status }) => status === 429)) {
    refusalOf(answer, 'rate_limited');
    assert.match(answer.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
  }
}

/** RATE_LIMIT (contract, section 2). A minute may end in between, so twice as many are sent as are allowed. */
export const limits = group('limits', {
  '[2] RATE_LIMIT is requests a minute for each token': async (trial) => {
    const server = await limitedServer(trial);
    const shop = await openShop(server);
    const second = await addDevice(shop, 'display');
    areLimited(await inARow(2 * RATE_LIMIT + 2, () => shop.display.get('/orders')), RATE_LIMIT);
    statusIs(await second.get('/orders'), 200);
  },

  '[2] open routes take 60 requests a minute from an address': async (trial) => {
    const server = await limitedServer(trial);
    const nobody = client(server, null);
    areLimited(await inARow(2 * OPEN_ROUTES_A_MINUTE + 2, () => nobody.get('/openapi.json')), OPEN_ROUTES_A_MINUTE);
  },

  '[2] /health and /ready are never limited': async (trial) => {
    const server = await limitedServer(trial);
    for (const path of ['//health', '//ready'])
      for (const answer of await inARow(80, () => client(server, null).get(path))) statusIs(answer, 200);
  },

  '[2] RATE_LIMIT=0 switches limits off': async (trial) => {
    launcherOf(trial); // One that we started ourselves has no limits; of another we do not know.
    const nobody = client(trial, null);
    for (const answer of await inARow(2 * OPEN_ROUTES_A_MINUTE, () => nobody.get('/openapi.json')))
      statusIs(answer, 200);
  },
});
