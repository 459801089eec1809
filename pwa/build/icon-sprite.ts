/**
 * Puts the icons that src/ui/icons.ts names, and only those, as one inline sprite into the pages that ask for it with
 * `<!-- icons -->`. Inline, because an icon that arrives after its word makes the page jump.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { icons } from '../src/ui/icons.ts';

export function symbolOf(name: string, svg: string): string {
  const inner = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(svg)?.[1];
  if (inner === undefined) throw new Error(`Icon ${name} has no <svg>`);
  return `<symbol id="${name}" viewBox="0 0 24 24">${inner.replace(/\s*\n\s*/g, '').trim()}</symbol>`;
}

export function sprite(root: string): string {
  const folder = resolve(root, 'node_modules/lucide-static/icons');
  const symbols = icons.map((name) => symbolOf(name, readFileSync(resolve(folder, `${name}.svg`), 'utf8')));
  return `<svg class="sprite" aria-hidden="true"><!-- Lucide icons, ISC and MIT: see /notices.txt -->${symbols.join('')}</svg>`;
}

export function iconSprite(root: string): Plugin {
  return {
    name: 'lianxin:icon-sprite',
    transformIndexHtml: (html) => html.replace('<!-- icons -->', () => sprite(root)),
  };
}
