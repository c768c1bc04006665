import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Language } from '#contract/setting-names.ts';
import { CrashBoundary } from '#renderer/shared/crash-boundary.tsx';
import { loadPageText } from './load-text.ts';
import { TextProvider } from './page.tsx';
import '#renderer/styles/fonts.css';
import '#renderer/styles/tokens.css';
import '#renderer/styles/reset.css';
import './page.css';

/** Renders a page in the language that the server chose. */
export async function startPage(page: ReactNode): Promise<void> {
  const root = document.getElementById('page');
  if (!root) throw new Error('no #page in the document');
  const text = await loadPageText(document.documentElement.lang as Language);
  createRoot(root).render(
    <CrashBoundary lead="Nothing is lost: the server keeps the orders, not this page.">
      <TextProvider value={text}>{page}</TextProvider>
    </CrashBoundary>,
  );
}
