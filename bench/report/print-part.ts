import type { PartResult } from '../loads/load.ts';
import { boundInWords, figureOf, inWords, subjectOf, times } from './figure-labels.ts';

/** Prints tables: figures by subject, aims, where the time goes. */
export function printPart({ title, figures, outcomes, profiles }: PartResult): void {
  console.log(`\n${title}`);
  const names = Object.keys(Object.values(figures)[0] ?? {});
  console.table(
    Object.fromEntries(
      names.map((name) => [
        figureOf(name).label,
        Object.fromEntries(
          Object.entries(figures).map(([subject, of]) => [
            subjectOf(subject),
            inWords(name, of[name]?.median ?? Number.NaN),
          ]),
        ),
      ]),
    ),
  );
  if (outcomes.length > 0)
    console.table(
      Object.fromEntries(
        outcomes.map(({ what, bound, median, least, most, met }) => [
          what,
          { aim: boundInWords(bound), ratio: times(median), rounds: `${times(least)} to ${times(most)}`, met },
        ]),
      ),
    );
  for (const [subject, { parts, functions, product }] of Object.entries(profiles)) {
    const share = (of: { name: string; share: number }[]) =>
      of
        .slice(0, 6)
        .map((one) => `${(100 * one.share).toFixed(0)} % ${one.name}`)
        .join(' · ');
    console.log(`${subjectOf(subject)} is busy with: ${share(parts)}`);
    console.log(`by function: ${share(functions)}`);
    console.log(`by function of the product, with what it calls: ${share(product)}`);
  }
}
