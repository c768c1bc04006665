import type { Claim, Fact } from './observer.ts';

/**
 * False claims of `live`. `live` means a beat within `windowMs` and the cursor at its head (L1), so everything acknowledged
 * before that must be on the board.
 */
export function falseClaims(claims: Claim[], facts: Fact[], windowMs: number): string[] {
  return claims.flatMap((claim) =>
    facts.flatMap(({ at, orderId, version }) => {
      const shown = claim.versions.get(orderId) ?? 0;
      if (at >= claim.at - windowMs || shown >= version) return [];
      return [`live with version ${shown} of ${orderId}, ${Math.round(claim.at - at)} ms after version ${version}`];
    }),
  );
}
