import { useState } from 'react';
import { useText } from '../managing/page.tsx';

/** A text to be copied. */
export function Secret({ text }: { text: string }) {
  const { t } = useText();
  const [copied, setCopied] = useState(false);
  // Only on https and loopback; elsewhere it is selected by one click.
  const canCopy = 'clipboard' in navigator;
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <div className="row">
      <code className="secret" dir="ltr" data-testid="secret">
        {text}
      </code>
      {canCopy && (
        <button type="button" className="plain" onClick={() => void copy()}>
          {t(copied ? 'do.copied' : 'do.copy')}
        </button>
      )}
    </div>
  );
}
