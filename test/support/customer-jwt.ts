import { createHmac } from 'node:crypto';

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A customer's token, made as a shop's own server makes it. `exp`: seconds since 1970, by default in ten minutes. */
export function customerJwt(
  secret: string,
  { exp = Math.floor(Date.now() / 1_000) + 600, ...claims }: { sub: string; store: string; exp?: number },
): string {
  const head = `${base64({ alg: 'HS256', typ: 'JWT' })}.${base64({ ...claims, exp })}`;
  return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`;
}
