/**
 * Builds src/sw.ts with the list of what the field app needs: its page, every chunk it can reach (the form engine
 * too), their styles, the manifest and the icons. The desk is left out: it has no service worker.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build, type Plugin, type Rolldown } from 'vite';

export interface PrecacheEntry {
  url: string;
  /** null when the name carries the hash of its content already */
  revision: string | null;
}

/** What a page needs; with `eager`, only what it needs before it shows anything. */
export function reachable(bundle: Rolldown.OutputBundle, page: string, eager = false): string[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    const part = bundle[name];
    if (part === undefined || found.has(name)) return;
    found.add(name);
    if (part.type !== 'chunk') return;
    for (const next of eager ? part.imports : [...part.imports, ...part.dynamicImports]) visit(next);
    for (const style of part.viteMetadata?.importedCss ?? []) found.add(style);
    for (const asset of part.viteMetadata?.importedAssets ?? []) found.add(asset);
  };
  const entry = Object.values(bundle).find(
    (part) => part.type === 'chunk' && part.isEntry && part.facadeModuleId?.endsWith(page),
  );
  if (entry === undefined) throw new Error(`The build has no entry for ${page}`);
  visit(entry.fileName);
  return [...found].sort();
}

export function serviceWorker(root: string): Plugin {
  let folder = '';
  let needed: string[] = [];
  return {
    name: 'lianxin:service-worker',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    generateBundle(_options, bundle) {
      needed = reachable(bundle, 'index.html');
    },
    async closeBundle() {
      const fixed = readdirSync(resolve(root, 'public'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => resolve(entry.parentPath, entry.name).slice(resolve(root, 'public').length + 1))
        .map((name) => name.replaceAll('\\', '/'));
      const revised = ['index.html', ...fixed].sort().map((name): PrecacheEntry => {
        const hash = createHash('sha256').update(readFileSync(resolve(folder, name)));
        return { url: `/${name}`, revision: hash.digest('hex').slice(0, 16) };
      });
      const manifest = [...revised, ...needed.map((name): PrecacheEntry => ({ url: `/${name}`, revision: null }))];
      await build({
        configFile: false,
        root,
        publicDir: false,
        logLevel: 'warn',
        define: { 'self.__WB_MANIFEST': JSON.stringify(manifest), 'process.env.NODE_ENV': '"production"' },
        build: {
          target: ['chrome97', 'safari16.4', 'firefox115'],
          outDir: folder,
          emptyOutDir: false,
          copyPublicDir: false,
          rolldownOptions: {
            input: resolve(root, 'src/sw.ts'),
            transform: { define: { 'import.meta': '{}' } }, // the worker is one classic script: nothing is fetched later
            output: { format: 'iife', entryFileNames: 'sw.js' },
          },
        },
      });
    },
  };
}
