import type { TextKey } from '../i18n/text.ts';
import { useText } from '../shared/screen.tsx';

interface FigureListProps {
  className?: string | undefined;
  /** Of each figure. */
  figureClass: string | undefined;
  figures: readonly [name: TextKey, mark: string, value: string | number][];
}

/** Figures, each with its name. */
export function FigureList({ className, figureClass, figures }: FigureListProps) {
  const { t } = useText();
  return (
    <dl className={className}>
      {figures.map(([name, mark, value]) => (
        <div key={mark} className={figureClass}>
          <dt>{t(name)}</dt>
          <dd className="figures" data-testid={mark}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
