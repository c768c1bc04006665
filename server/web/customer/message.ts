import { h } from 'preact';

/** A page or part that has nothing to show: why, and what to do. */
export function Message({ title, hint, level }: MessageProps) {
  return h('section', { class: 'message' }, h(level, null, title), hint ? h('p', null, hint) : null);
}
export interface MessageProps {
  title: string;
  hint?: string | undefined;
  level: 'h1' | 'h2';
}
