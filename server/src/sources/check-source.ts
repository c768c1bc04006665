import { z } from 'zod';
import { detailsOf } from '#contract/errors.ts';
import { optional } from '#contract/field-types.ts';
import type { SourceKind } from '#contract/source.ts';
import { checkTarget } from '../outbound/check-target.ts';
import { ServiceError } from '../service-error.ts';
import { validationMessages } from '../validation-messages.ts';
import { type AnyAdapter, adapterOf } from './all-adapters.ts';

const MOST_SECONDS = 3_600;

type Fields = Record<string, unknown>;

/** Refuses with `invalid_request` a kind that cannot be made yet. */
export function adapterFor(kind: SourceKind): AnyAdapter {
  return adapterOf(kind) ?? refuse('kind', `must be another one: ${kind} cannot be added yet`);
}

/** Settings as they are stored. Refuses with `invalid_request`, naming the field. */
export function checkSettings(adapter: AnyAdapter, given: Fields, privateTargets: boolean): Fields {
  const { baseUrl, pollSeconds, ...own } = given;
  const settings = parse(adapter.settings, own, 'settings') as Fields;
  const common: Fields = {};
  if (baseUrl !== undefined && baseUrl !== null) {
    const message = checkTarget(String(baseUrl), privateTargets);
    if (typeof baseUrl !== 'string' || message !== null) refuse('settings.baseUrl', message ?? 'must be text');
    common.baseUrl = (baseUrl as string).replace(/\/+$/, '');
  }
  if (adapter.pollSeconds) {
    const { normal, least } = adapter.pollSeconds;
    const Seconds = z.object({ pollSeconds: optional(z.int().min(Math.max(5, least)).max(MOST_SECONDS)) });
    common.pollSeconds = parse(Seconds, { pollSeconds }, 'settings').pollSeconds ?? normal;
  } else if (pollSeconds !== undefined && pollSeconds !== null)
    refuse('settings.pollSeconds', 'must be left out: nothing can be pulled from this kind');
  return { ...settings, ...common };
}

/** The adapter's own settings. */
export function ownSettings(adapter: AnyAdapter, stored: Fields): unknown {
  const { baseUrl: _url, pollSeconds: _seconds, ...own } = stored;
  return adapter.settings.parse(own);
}

/** @param before the stored secret, whose fields stay unless given */
export function checkSecret(adapter: AnyAdapter, given: Fields | undefined, before: Fields): Fields {
  if (adapter.secret) return parse(adapter.secret, { ...before, ...given }, 'secret') as Fields;
  if (given && Object.keys(given).length > 0) refuse('secret', 'must be left out: this kind has none that you give');
  return before;
}

function parse<T>(schema: z.ZodType<T>, value: unknown, path: string): T {
  const parsed = schema.safeParse(value, { error: validationMessages });
  if (parsed.success) return parsed.data;
  const details = detailsOf(parsed.error).map((one) => ({ ...one, path: one.path ? `${path}.${one.path}` : path }));
  const [first] = details;
  throw new ServiceError('invalid_request', `${first?.path ?? path} ${first?.message ?? 'is not valid'}.`, { details });
}

export function refuse(path: string, message: string): never {
  throw new ServiceError('invalid_request', `${path} ${message}.`, { details: [{ path, message }] });
}
