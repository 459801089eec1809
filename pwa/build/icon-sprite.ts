/**
 * Puts icons that src/ui/icons.ts names as one inline sprite into the pages that ask for it with `<!-- icons -->`.
 * Inline, because an icon that arrives after its word makes the page jump; each page carries those that its own chunks
 * name, so that a phone does not fetch the desk's.
 */
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Plugin, Rolldown } from 'vite';
import { icons } from '../src/ui/icons.ts';
import { reachable } from './service-worker.ts';

export function symbolOf(name: string, svg: string): string {
  const inner = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(svg)?.[1];
  if (inner === undefined) throw new Error(`Icon ${name} has no <svg>`);
  return `<symbol id="${name}" viewBox="0 0 24 24">${inner.replace(/\s*\n\s*/g, '').trim()}</symbol>`;
}

export function sprite(root: string, names: readonly string[] = icons): string {
  const folder = resolve(root, 'node_modules/lucide-static/icons');
  const symbols = names.map((name) => symbolOf(name, readFileSync(resolve(folder, `${name}.svg`), 'utf8')));
  return `<svg class="sprite" aria-hidden="true"><!-- Lucide icons, ISC and MIT: see /notices.txt -->${symbols.join('')}</svg>`;
}

/** The icons that stand in these chunks as a text of their own; a word that happens to be an icon's name costs little. */
export function named(code: string): string[] {
  return icons.filter((name) => new RegExp(`["'\`]${name}["'\`]`).test(code));
}

function codeOf(bundle: Rolldown.OutputBundle, page: string): string {
  const parts = reachable(bundle, page).map((name) => bundle[name]);
  return parts.map((part) => (part?.type === 'chunk' ? part.code : '')).join('\n');
}

export function iconSprite(root: string): Plugin {
  return {
    name: 'lianxin:icon-sprite',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle, filename }) {
        const names = bundle === undefined ? icons : named(codeOf(bundle, basename(filename)));
        return html.replace('<!-- icons -->', () => sprite(root, names));
      },
    },
  };
}
