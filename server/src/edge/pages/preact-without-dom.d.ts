/** What the server uses of preact; tsconfig.json puts it in place of the package's types. */
export type ComponentChildren = unknown;
export interface VNode<P = unknown> {
  type: unknown;
  props: P;
  key: unknown;
}
export function h(type: unknown, props: object | null, ...children: unknown[]): VNode;
