/** Writes notices.txt: the licences of everything that the pages carry, as those licences ask. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';

/** In the pages without being a module of the bundle: the sprite, and what the service worker is built from. */
const ALWAYS = ['lucide-static', 'workbox-core', 'workbox-precaching', 'workbox-routing', 'workbox-strategies'];
const PACKAGE = /node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)/g;

export function packagesOf(moduleIds: readonly string[], always: readonly string[] = ALWAYS): string[] {
  const names = moduleIds.flatMap((id) => {
    const last = [...id.matchAll(PACKAGE)].at(-1)?.[1];
    return last === undefined ? [] : [last.replaceAll('\\', '/')];
  });
  return [...new Set([...always, ...names])].sort();
}

function notice(root: string, name: string): string {
  const folder = resolve(root, 'node_modules', name);
  if (!existsSync(folder)) return '';
  const about = JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8')) as {
    version: string;
    license?: string;
  };
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : readFileSync(resolve(folder, file), 'utf8').trim();
  return `${name} ${about.version} (${about.license ?? 'see below'})\n${text}\n`;
}

export function notices(root: string, always: readonly string[] = ALWAYS): Plugin {
  return {
    name: 'lianxin:notices',
    apply: 'build',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));
      const source = packagesOf(modules, always)
        .map((name) => notice(root, name))
        .filter(Boolean)
        .join(`\n${'-'.repeat(80)}\n`);
      this.emitFile({ type: 'asset', fileName: 'notices.txt', source });
    },
  };
}
