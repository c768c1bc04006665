import { expect, it } from 'vitest';
import type { Availability } from '#contract/availability.ts';
import { createAvailability } from './availability.ts';

const OPEN: Availability = {
  open: true,
  pausedUntil: null,
  busyUntil: null,
  preparationMinutes: null,
  unavailable: [],
};
const CLOSED = { ...OPEN, open: false };
const log = { info: () => {}, warn: () => {}, error: () => {} };

it('an answer over HTTP counts unless a push, or another server, came before it', async () => {
  const availability = createAvailability({ log, now: () => 0, onChange: () => {} });
  await availability.takeAnswer(Promise.resolve(OPEN));
  expect(availability.current()).toEqual(OPEN);
  const overtaken = availability.takeAnswer(Promise.resolve(OPEN));
  availability.take(CLOSED);
  await overtaken;
  expect(availability.current()).toEqual(CLOSED);
  availability.forget();
  const ofAnotherServer = availability.takeAnswer(Promise.resolve(OPEN));
  availability.forget();
  await ofAnotherServer;
  expect(availability.current()).toBeNull();
});
