/** A card that is readable on any page: ground and text change together with the reader's colour scheme. */
export function svg(width: number, height: number, title: string, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">
<style>
  text { fill: #1f2328; font: 13px system-ui, sans-serif }
  .title { font-weight: 600 }
  .quiet { fill: #59636e }
  .end { text-anchor: end }
  .middle { text-anchor: middle }
  .card { fill: #ffffff; stroke: #d1d9e0 }
  .own { fill: #0969da }
  .other { fill: #afb8c1 }
  .met { fill: #1a7f37 }
  .missed { fill: #cf222e }
  .line { stroke: #59636e; stroke-width: 1.5 }
  .grid { stroke: #d1d9e0 }
  .aim { stroke: #1f2328; stroke-width: 2 }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc }
    .quiet { fill: #9198a1 }
    .card { fill: #0d1117; stroke: #3d444d }
    .own { fill: #4493f8 }
    .other { fill: #656c76 }
    .met { fill: #3fb950 }
    .missed { fill: #f85149 }
    .line { stroke: #c9d1d9 }
    .grid { stroke: #2b3138 }
    .aim { stroke: #f0f6fc }
  }
</style>
<rect class="card" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="6"/>
${content}
</svg>
`;
}

export const text = (x: number, y: number, className: string, words: string): string =>
  `<text x="${round(x)}" y="${round(y)}" class="${className}">${escaped(words)}</text>`;

export const box = (x: number, y: number, width: number, height: number, className: string): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(Math.max(width, 1))}" height="${height}" rx="2" class="${className}"/>`;

export const line = (x1: number, y1: number, x2: number, y2: number, className: string): string =>
  `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" class="${className}"/>`;

const round = (value: number): number => Math.round(value * 10) / 10;
const escaped = (words: string): string => words.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
