import { describe, expect, it } from 'vitest';
import { PAIRING_ALPHABET } from '#contract/store.ts';
import { DATABASES } from '../testing/databases.ts';
import { ADMIN, makeShop, refusalOf } from '../testing/shop.ts';
import { ADMIN_TOKEN } from '../testing/temp-service.ts';

describe.each(DATABASES)('tokens and devices on $database', ({ start }) => {
  it('[section 3] identify the holder of a token, also after a restart', async () => {
    const temp = await start();
    await makeShop(temp.service);
    const { deviceId, token } = await temp.service.access.createDevice('main', { name: 'Bar', role: 'display' });
    const caller = { role: 'display', id: deviceId, name: 'Bar', storeId: 'main' };
    expect(await temp.service.access.callerOf(token)).toEqual(caller);
    const { access } = await temp.restart();
    expect(await access.callerOf(token)).toEqual(caller);
    expect(await access.callerOf(ADMIN_TOKEN)).toEqual({ role: 'admin', id: 'admin', name: 'admin', storeId: null });
    for (const wrong of ['', 'nope', `${token}x`, token.slice(1), `${ADMIN_TOKEN} `])
      expect(await access.callerOf(wrong)).toBeNull();
  });

  it('use tokens of 256 random bits whose prefix tells the role', async () => {
    const { service } = await start();
    await makeShop(service);
    const display = await service.access.createDevice('main', { name: 'x', role: 'display' });
    const integration = await service.access.createDevice('main', { name: 'x', role: 'integration' });
    const manager = await service.access.createDevice('main', { name: 'x', role: 'manager' });
    expect(manager.token).toMatch(/^tr_m_[A-Za-z0-9_-]{43}$/);
    expect(display.token).toMatch(/^tr_d_[A-Za-z0-9_-]{43}$/);
    expect(integration.token).toMatch(/^tr_i_[A-Za-z0-9_-]{43}$/);
  });

  it('[section 3] reject a revoked token at once, with the hint sent before the revocation resolves', async () => {
    const { service } = await start();
    await makeShop(service);
    const { deviceId, token } = await service.access.createDevice('main', { name: 'Lost', role: 'display' });
    await service.access.callerOf(token);
    const received: string[] = [];
    const undo = service.hints.onHint((hint) => hint.kind === 'revoked' && received.push(hint.deviceId));
    await service.access.revokeDevice(deviceId);
    expect(received).toEqual([deviceId]);
    expect(await service.access.callerOf(token)).toBeNull();
    expect((await service.access.listDevices('main')).map((d) => d.name)).not.toContain('Lost');
    expect((await refusalOf(service.access.revokeDevice(deviceId))).code).toBe('not_found');
    const kept = await service.access.createDevice('main', { name: 'Kept', role: 'display' });
    expect((await refusalOf(service.access.revokeDevice(kept.deviceId, 'elsewhere'))).code).toBe('not_found');
    expect(await service.access.callerOf(kept.token)).not.toBeNull();
    undo();
    await service.access.revokeDevice(
      (await service.access.createDevice('main', { name: 'x', role: 'display' })).deviceId,
    );
    expect(received).toHaveLength(1);
  });

  it('do not cache a token looked up while it is being revoked', async () => {
    const { service } = await start();
    await makeShop(service);
    const { deviceId, token } = await service.access.createDevice('main', { name: 'x', role: 'display' });
    await Promise.all([service.access.callerOf(token), service.access.revokeDevice(deviceId)]);
    expect(await service.access.callerOf(token)).toBeNull();
  });

  it('[section 5] list when a device was last seen and what it has stored, also after a restart', async () => {
    const temp = await start();
    const { display } = await makeShop(temp.service);
    const device = async () => (await temp.service.access.listDevices('main')).find((d) => d.deviceId === display.id);
    expect(await device()).toMatchObject({ name: 'Kitchen', role: 'display', lastSeenAt: null, cursor: null });
    temp.service.access.seen(display.id, 17);
    temp.clock.now += 1_000;
    temp.service.access.seen(display.id);
    const seen = { lastSeenAt: new Date(temp.clock.now).toISOString(), cursor: 17 };
    expect(await device()).toMatchObject(seen);
    await temp.restart();
    expect(await device()).toMatchObject(seen);
  });
});

describe.each(DATABASES)('pairing codes on $database', ({ start }) => {
  it('[section 3] pair one display, once', async () => {
    const { service } = await start();
    await makeShop(service);
    const { code } = await service.access.createPairingCode('main');
    expect(code).toHaveLength(6);
    expect([...code].every((letter) => PAIRING_ALPHABET.includes(letter))).toBe(true);
    const { storeId, deviceId, token } = await service.access.redeemPairingCode(code, 'Tablet');
    expect(storeId).toBe('main');
    expect(await service.access.callerOf(token)).toEqual({ role: 'display', id: deviceId, name: 'Tablet', storeId });
    expect((await refusalOf(service.access.redeemPairingCode(code, 'Again'))).code).toBe('not_found');
  });

  it('pair the same display again when it repeats the code with its key, for ten minutes', async () => {
    const { service, clock } = await start();
    await makeShop(service);
    const { code } = await service.access.createPairingCode('main');
    const pair = (typed: string, key?: string) => service.access.redeemPairingCode(typed, 'Tablet', key);
    const first = await pair(code, 'a random key');
    for (const key of [undefined, 'another key'])
      expect((await refusalOf(pair(code, key))).code, key).toBe('not_found');
    clock.now += 599_000;
    const second = await pair(code.toLowerCase(), 'a random key');
    expect(second).toMatchObject({ storeId: 'main', deviceId: first.deviceId });
    expect(second.token).not.toBe(first.token);
    expect(await service.access.callerOf(second.token)).toMatchObject({ id: first.deviceId, name: 'Tablet' });
    clock.now += 1_000;
    expect((await refusalOf(pair(code, 'a random key'))).code).toBe('not_found');
    expect(await service.access.callerOf(second.token)).toMatchObject({ id: first.deviceId });
  });

  it('pair nobody again whose device is revoked', async () => {
    const { service } = await start();
    await makeShop(service);
    const { code } = await service.access.createPairingCode('main');
    const { deviceId } = await service.access.redeemPairingCode(code, 'Tablet', 'a random key');
    await service.access.revokeDevice(deviceId);
    expect((await refusalOf(service.access.redeemPairingCode(code, 'Tablet', 'a random key'))).code).toBe('not_found');
  });

  it('may be typed in lower case, with spaces, and with letters that look like digits', async () => {
    const { service } = await start();
    await makeShop(service);
    for (let i = 0; i < 20; i++) {
      const { code } = await service.access.createPairingCode('main');
      const typed = ` ${code
        .replaceAll('0', 'o')
        .replaceAll('1', i % 2 ? 'l' : 'I')
        .toLowerCase()} `.replace(/^(...)/, '$1-');
      expect((await service.access.redeemPairingCode(typed, 'Tablet')).storeId).toBe('main');
    }
  });

  it('[section 3] expire after ten minutes', async () => {
    const { service, clock } = await start();
    await makeShop(service);
    const { code, expiresAt } = await service.access.createPairingCode('main');
    expect(Date.parse(expiresAt) - clock.now).toBe(600_000);
    clock.now += 600_000;
    expect((await refusalOf(service.access.redeemPairingCode(code, 'Late'))).code).toBe('not_found');
  });

  it('[section 3] do not live longer when the clock was set back', async () => {
    const { service, clock } = await start();
    await makeShop(service);
    const { code } = await service.access.createPairingCode('main');
    clock.now -= 3 * 3_600_000;
    expect((await refusalOf(service.access.redeemPairingCode(code, 'Later'))).code).toBe('not_found');
  });
});

describe.each(DATABASES)('a rotated token on $database', ({ start }) => {
  const TEN_MINUTES = 600_000;
  async function rotated() {
    const temp = await start();
    await makeShop(temp.service);
    const { access } = temp.service;
    const { deviceId, token: before } = await access.createDevice('main', { name: 'Bar', role: 'display' });
    const caller = { role: 'display', id: deviceId, name: 'Bar', storeId: 'main' };
    const { token: after } = await access.rotateToken(ADMIN, deviceId);
    return { ...temp, temp, access, deviceId, caller, before, after };
  }

  it('[section 5] gives way to a new one and stays good for ten minutes, over a restart', async () => {
    const { temp, caller, before, after } = await rotated();
    expect(after).toMatch(/^tr_d_[\w-]{43}$/);
    temp.clock.now += TEN_MINUTES - 1;
    const { access } = await temp.restart();
    for (const token of [before, after]) expect(await access.callerOf(token)).toEqual(caller);
    expect(await access.ended([{ token: before }, { token: after }])).toEqual([]);
    temp.clock.now += 1_001;
    expect(await access.callerOf(before)).toBeNull();
    expect(await access.callerOf(after)).toEqual(caller);
    expect(await access.ended([{ token: before }, { token: after }])).toEqual([{ token: before }]);
  });

  it('each of several in a row is good for its ten minutes', async () => {
    const { access, clock, deviceId, before, after } = await rotated();
    clock.now += TEN_MINUTES / 2;
    const { token: last } = await access.rotateToken(ADMIN, deviceId);
    clock.now += TEN_MINUTES / 2;
    expect(await access.ended([before, after, last].map((token) => ({ token })))).toEqual([{ token: before }]);
  });

  it('ends at once, with the new one, when the device is revoked', async () => {
    const { access, deviceId, before, after } = await rotated();
    await access.callerOf(before);
    await access.revokeDevice(deviceId);
    for (const token of [before, after]) expect(await access.callerOf(token)).toBeNull();
    expect((await refusalOf(access.rotateToken(ADMIN, deviceId))).code).toBe('not_found');
  });

  it('does not live longer when the clock was set back', async () => {
    const { access, clock, before, after } = await rotated();
    clock.now -= 3 * 3_600_000;
    expect(await access.callerOf(before)).toBeNull();
    expect(await access.callerOf(after)).not.toBeNull();
  });

  it('a manager rotates the tokens of its store and its own, but not those of other managers', async () => {
    const { access, service, deviceId } = await rotated();
    await makeShop(service, 'other');
    const manager = async (storeId: string) => {
      const made = await access.createDevice(storeId, { name: 'Office', role: 'manager' });
      return { role: 'manager' as const, id: made.deviceId, name: 'Office', storeId };
    };
    const [mine, colleague, other] = [await manager('main'), await manager('main'), await manager('other')];
    expect((await access.rotateToken(mine, deviceId)).token).toMatch(/^tr_d_/);
    expect((await access.rotateToken(mine, mine.id)).token).toMatch(/^tr_m_/);
    expect((await refusalOf(access.rotateToken(mine, colleague.id))).code).toBe('forbidden');
    for (const id of [deviceId, mine.id])
      expect((await refusalOf(access.rotateToken(other, id))).code).toBe('not_found');
    expect((await access.rotateToken(ADMIN, colleague.id)).token).toMatch(/^tr_m_/);
  });
});

describe.each(DATABASES)('sessions on $database', ({ start }) => {
  const HALF_A_DAY = 12 * 3_600_000;
  async function signedIn() {
    const temp = await start();
    await makeShop(temp.service);
    const { access } = temp.service;
    const { deviceId, token } = await access.createDevice('main', { name: 'Office', role: 'manager' });
    const manager = { role: 'manager' as const, id: deviceId, name: 'Office', storeId: 'main' };
    return { temp, access, manager, token, session: await access.openSession(manager, token) };
  }

  it('[section 9] last 12 hours, over a restart', async () => {
    const { temp, manager, session } = await signedIn();
    temp.clock.now += HALF_A_DAY - 1;
    const { access } = await temp.restart();
    expect(await access.callerOfSession(session)).toEqual(manager);
    temp.clock.now += 1;
    expect(await access.callerOfSession(session)).toBeNull();
    expect(await access.ended([{ session }])).toEqual([{ session }]);
  });

  it('do not last longer when the clock was set back', async () => {
    const { temp, access, session } = await signedIn();
    temp.clock.now -= 60_000;
    expect(await access.callerOfSession(session)).toBeNull();
  });

  it('[section 16] end when their token is revoked, or no longer good after it was rotated', async () => {
    const { temp, access, manager, token, session } = await signedIn();
    const { token: after } = await access.rotateToken(ADMIN, manager.id);
    const newer = await access.openSession(manager, after);
    expect(await access.ended([{ session }, { session: newer }])).toEqual([]);
    temp.clock.now += 600_000;
    expect(await access.ended([{ session }, { session: newer }, { token }])).toEqual([{ session }, { token }]);
    await access.revokeDevice(manager.id);
    expect(await access.callerOfSession(newer)).toBeNull();
  });

  it('of an admin end with ADMIN_TOKEN', async () => {
    const { access } = await signedIn();
    const session = await access.openSession(ADMIN, ADMIN_TOKEN);
    expect(await access.callerOfSession(session)).toEqual(ADMIN);
    const forged = await access.openSession(ADMIN, `${ADMIN_TOKEN}x`);
    expect(await access.callerOfSession(forged)).toBeNull();
    await access.endSession(session);
    await access.endSession(session);
    expect(await access.callerOfSession(session)).toBeNull();
  });
});
