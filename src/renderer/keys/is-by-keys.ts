/** A tap moves the focus too, but what a finger touched must not become the selected ticket (follow-keys.ts). */
export const isByKeys = (): boolean => document.documentElement.dataset.input !== 'pointer';
