import type { Claim, Fact } from './witness.ts';

/**
 * What the display claimed and was not so. `live` means a beat within `windowMs` and the cursor at the head it named
 * (L1): whatever was acknowledged before that is on the board.
 */
export function liesOf(claims: Claim[], facts: Fact[], windowMs: number): string[] {
  const lies: string[] = [];
  for (const claim of claims)
    for (const fact of facts) {
      const version = claim.versions.get(fact.orderId) ?? 0;
      if (fact.at >= claim.at - windowMs || version >= fact.version) continue;
      const late = Math.round(claim.at - fact.at);
      lies.push(`said live with version ${version} of ${fact.orderId}, ${late} ms after version ${fact.version}`);
    }
  return lies;
}
