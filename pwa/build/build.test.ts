import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Rolldown } from 'vite';
import { expect, test } from 'vitest';
import { mendEngine } from './engine-mends.ts';
import { named, sprite, symbolOf } from './icon-sprite.ts';
import { packagesOf } from './notices.ts';
import { reachable } from './service-worker.ts';

const root = resolve(import.meta.dirname, '..');

test('the mends fit the engine that is installed', () => {
  const engine = readFileSync(resolve(root, 'node_modules/@getodk/xforms-engine/dist/solid.js'), 'utf8');
  expect(mendEngine(engine)).toContain('Object.create(context, { scope:');
  expect(mendEngine(engine)).toContain('known: new WeakMap()');
  expect(mendEngine(engine)).toContain('currentCount = repeatInstanceNodes.length');
});

test('an engine without the text stops the build', () => {
  expect(() => mendEngine('const computed = somethingElse()();')).toThrow(/read its source again/);
});

test('the sprite holds exactly the named icons', () => {
  expect(symbolOf('x', '<svg\n class="a"\n>\n  <path d="M18 6" />\n</svg>')).toBe(
    '<symbol id="x" viewBox="0 0 24 24"><path d="M18 6" /></symbol>',
  );
  expect(sprite(root)).toContain('<symbol id="hourglass"');
});

test('a page carries the icons that its own chunks name', () => {
  expect(named('icon(`hourglass`), { name: "x" }, "bellow"')).toEqual(['hourglass', 'x']);
});

test('the field app is precached with what it reaches, and nothing of the desk', () => {
  const chunk = (fileName: string, facade: string | null, imports: string[], dynamicImports: string[] = []) => ({
    type: 'chunk',
    isEntry: facade !== null,
    facadeModuleId: facade,
    fileName,
    imports,
    dynamicImports,
    viteMetadata: { importedCss: new Set([`${fileName}.css`]), importedAssets: new Set() },
  });
  const bundle = {
    'i.js': chunk('i.js', '/pwa/index.html', ['shared.js'], ['engine.js']),
    'd.js': chunk('d.js', '/pwa/desk.html', ['shared.js', 'only-desk.js']),
    'shared.js': chunk('shared.js', null, []),
    'engine.js': chunk('engine.js', null, ['shared.js']),
    'only-desk.js': chunk('only-desk.js', null, []),
  } as unknown as Rolldown.OutputBundle;
  expect(reachable(bundle, 'index.html')).toEqual([
    'engine.js',
    'engine.js.css',
    'i.js',
    'i.js.css',
    'shared.js',
    'shared.js.css',
  ]);
});

test('the notices name every package once, scoped and nested ones too', () => {
  const named = packagesOf([
    '/pwa/src/a.ts',
    '/pwa/node_modules/idb/build/index.js',
    '/pwa/node_modules/@getodk/xforms-engine/node_modules/papaparse/p.js',
    '/pwa/node_modules/idb/build/other.js',
  ]);
  expect(named.filter((name) => !/lucide|workbox/.test(name))).toEqual(['idb', 'papaparse']);
});
