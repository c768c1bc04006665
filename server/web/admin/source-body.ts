import type { SourceKind } from '#contract/source.ts';
import { KINDS, type SourceField } from './source-kinds.ts';

type Fields = Record<string, unknown>;
/** What was typed, by the path of the field. */
export type SourceDraft = Readonly<Record<string, string>>;

const fieldsOf = (kind: SourceKind): SourceField[] => [...KINDS[kind].fields, ...KINDS[kind].more];

/** What a form shows at first. Secrets are never shown, and a setting that has parts is not text. */
export function draftOf(kind: SourceKind, settings: Fields = {}): SourceDraft {
  const shown = fieldsOf(kind).map(({ path, options }) => {
    const value = path.startsWith('settings.') ? read({ settings }, path) : undefined;
    return [path, typeof value === 'string' || typeof value === 'number' ? String(value) : (options?.[0] ?? '')];
  });
  return Object.fromEntries(shown);
}

/**
 * What is sent: settings whole, since they replace all of them, with those that the form does not know as they were; and
 * those secrets that were typed.
 */
export function bodyOf(
  kind: SourceKind,
  draft: SourceDraft,
  before: Fields = {},
): { settings: Fields; secret?: Fields } {
  const body = { settings: { ...before }, secret: {} as Fields };
  for (const { path, number } of fieldsOf(kind)) {
    const typed = (draft[path] ?? '').trim();
    const isSetting = path.startsWith('settings.');
    if (typed === '' && (!isSetting || typeof read(body, path) === 'object')) continue;
    write(body, path, typed === '' ? undefined : number ? Number(typed) : typed);
  }
  const { settings, secret } = body;
  return Object.keys(secret).length > 0 ? { settings, secret } : { settings };
}

function read(from: Fields, path: string): unknown {
  let value: unknown = from;
  for (const part of path.split('.')) value = (value as Fields | undefined)?.[part];
  return value;
}

/** Undefined removes it, and what is then empty around it. */
function write(into: Fields, path: string, value: unknown): void {
  const [part = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    if (value === undefined) delete into[part];
    else into[part] = value;
    return;
  }
  const inner = { ...(into[part] as Fields | undefined) };
  write(inner, rest.join('.'), value);
  if (Object.keys(inner).length > 0 || part === 'settings') into[part] = inner;
  else delete into[part];
}
