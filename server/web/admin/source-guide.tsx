import type { SourceKind } from '#contract/source.ts';
import { useText } from '../managing/page.tsx';

/** Addresses of the guides, by their paths. */
const GUIDES: Record<string, string> = import.meta.glob(
  ['../../../docs/sources/*.md', '!../../../docs/sources/README.md'],
  {
    query: '?url',
    import: 'default',
    eager: true,
  },
);

/** A link to what an owner does in the shop's own program, as plain text. */
export function SourceGuide({ kind }: { kind: SourceKind }) {
  const { t } = useText();
  return (
    <a data-testid="guide" href={GUIDES[`../../../docs/sources/${kind}.md`]} target="_blank" rel="noreferrer">
      {t('sources.guide')}
    </a>
  );
}
