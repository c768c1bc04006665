import assert from 'node:assert/strict';
import { z } from 'zod';
import { until } from '#test/support/until.ts';
import type { Answer } from './client.ts';
import { ERROR_STATUS, ErrorBody, type ErrorCode, Order } from './shapes.ts';

/** Asserts a value's shape; fails with `what` it is and each wrong field. */
export function shaped<T>(what: string, value: unknown, shape: z.ZodType<T>): T {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const excerpt = (JSON.stringify(value) ?? String(value)).slice(0, 400);
  return assert.fail(`${what} is not as the contract has it:\n${z.prettifyError(result.error)}\n${excerpt}`);
}

/** The body of an answer that must have this status and shape. */
export function bodyOf<T>(answer: Answer, status: number, shape: z.ZodType<T>): T {
  statusIs(answer, status);
  return shaped(`the answer to ${answer.asked}`, answer.json, shape);
}

export const orderOf = (answer: Answer, status = 200): Order => bodyOf(answer, status, Order);

/** The error of an answer that must be refused with this code and the code's own status. */
export function refusalOf(answer: Answer, code: ErrorCode, status: number = ERROR_STATUS[code]) {
  const { error } = bodyOf(answer, status, ErrorBody);
  assert.equal(error.code, code, `${answer.asked}: ${answer.text.slice(0, 300)}`);
  return error;
}

/** Asserts `invalid_request`, with a detail whose path names the field. */
export function refusesField(answer: Answer, field: string): void {
  const { details = [] } = refusalOf(answer, 'invalid_request');
  const named = details.some(({ path, message }) => `${path} ${message}`.includes(field));
  assert.ok(named, `${answer.asked}: no detail names ${field}: ${answer.text.slice(0, 300)}`);
}

export function statusIs(answer: Answer, ...allowed: number[]): void {
  if (allowed.includes(answer.status)) return;
  assert.fail(`${answer.asked}: ${answer.status}, expected ${allowed.join(' or ')}: ${answer.text.slice(0, 300)}`);
}

/** Asserts that a server's time is the current time. */
export function isNow(serverTime: string): void {
  assert.ok(Math.abs(Date.parse(serverTime) - Date.now()) < 60_000, `${serverTime} is more than a minute off`);
}

/** One field of every row. */
export const pluck = <T, K extends keyof T>(rows: readonly T[], field: K): T[K][] => rows.map((row) => row[field]);

/** What a busy machine may add to the contract's bounds, ms. */
export const SLACK_MS = 1_500;

/** Repeats `look` until it returns something; fails after `ms`, naming `what`. */
export const eventually = <T>(what: string, look: () => T | Promise<T>, ms = 10_000) => until(what, look, ms, 10);
