import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type BodyLimits, createSnapshotBodies } from './snapshot-bodies.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const LIMITS: BodyLimits = { shareMs: 5, readMs: 60, bytes: 250 };
const some = () => Buffer.alloc(100);

it('stops sharing a body after a while', () => {
  const onUnshared = vi.fn();
  createSnapshotBodies(LIMITS).add(some(), onUnshared);
  expect(onUnshared).not.toHaveBeenCalled();
  vi.advanceTimersByTime(LIMITS.shareMs);
  expect(onUnshared).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(LIMITS.readMs);
  expect(onUnshared).toHaveBeenCalledOnce();
});

it('ends a client that has not read its body in time, and no other', () => {
  const body = createSnapshotBodies(LIMITS).add(some(), () => {});
  const [slow, quick] = [vi.fn(), vi.fn()];
  body.readBy(slow);
  body.readBy(quick)();
  vi.advanceTimersByTime(LIMITS.readMs - 1);
  expect(slow).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(slow).toHaveBeenCalledOnce();
  expect(quick).not.toHaveBeenCalled();
});

it('ends the clients of the oldest bodies when there is no room, never those of the newest', () => {
  const bodies = createSnapshotBodies(LIMITS);
  const ends = [1, 2, 3].map(() => {
    const end = vi.fn();
    bodies.add(some(), () => {}).readBy(end);
    return end;
  });
  expect(ends.map((end) => end.mock.calls.length)).toEqual([1, 0, 0]);
  const [end, onUnshared] = [vi.fn(), vi.fn()];
  bodies.add(Buffer.alloc(1_000), onUnshared).readBy(end);
  expect(ends.map((one) => one.mock.calls.length)).toEqual([1, 1, 1]);
  expect(end).not.toHaveBeenCalled();
  expect(onUnshared).not.toHaveBeenCalled();
});

it('forgets bodies that everybody has read', () => {
  const bodies = createSnapshotBodies(LIMITS);
  for (let i = 0; i < 10; i++) {
    bodies.add(some(), () => {}).readBy(() => {})();
    vi.advanceTimersByTime(LIMITS.shareMs);
  }
  const end = vi.fn();
  const undo = bodies.add(some(), () => {}).readBy(end);
  bodies.add(some(), () => {});
  expect(end).not.toHaveBeenCalled();
  undo();
  bodies.close();
  expect(end).not.toHaveBeenCalled();
});
