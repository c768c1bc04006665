/** A row that cannot be taken; the message says why. */
export class Refusal extends Error {}

/** Throws a {@link Refusal} that names the field and its value. */
export function refuse(field: string, value: unknown, why: string): never {
  const text = typeof value === 'string' ? value : String(value);
  throw new Refusal(`${field}: ${JSON.stringify(text.slice(0, 60))} ${why}`);
}
