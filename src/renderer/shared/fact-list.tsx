interface FactListProps {
  className?: string | undefined;
  mark?: string;
  /** In order; those without a value are left out. */
  facts: readonly (readonly [name: string, value: string | number | null | undefined])[];
}

/** Facts, each with its name. A value may be in another script than the page. */
export function FactList({ className, mark, facts }: FactListProps) {
  return (
    <dl className={className} data-testid={mark}>
      {facts
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="figures">
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
    </dl>
  );
}
