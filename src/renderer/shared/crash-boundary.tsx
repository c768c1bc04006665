import { Component, type ReactNode } from 'react';
import { textIn } from '../i18n/text.ts';

/** A screen that stumbled comes back by itself, but not so often that it would only flicker. */
const RELOAD_AFTER_MS = 15_000;

/**
 * The last net: the whole screen could not be drawn. A class because React has no other way to catch an error of a child.
 * In English if need be: the words of the set language may be part of the trouble.
 */
export class CrashBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch(error: unknown): void {
    console.error('the screen could not be drawn', error);
    setTimeout(() => location.reload(), RELOAD_AFTER_MS);
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    const { t } = textIn('en');
    return (
      <main className="crash" role="alert">
        <h1>{t('crash.title')}</h1>
        <p>{t('crash.text')}</p>
        <button type="button" onClick={() => location.reload()}>
          {t('crash.reload')}
        </button>
        <p>{t('crash.auto')}</p>
      </main>
    );
  }
}
