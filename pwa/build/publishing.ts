/**
 * At the end of the app's build the check that publishing runs is built too, into dist-check: the same engine and the
 * same door to it, for Node, with everything that it needs in one folder, so that a server has no packages to install.
 */
import { resolve } from 'node:path';
import { build, type Plugin } from 'vite';
import { engineMends } from './engine-mends.ts';
import { notices } from './notices.ts';

export function publishing(root: string): Plugin {
  return {
    name: 'lianxin:publishing',
    apply: 'build',
    closeBundle: () => checker(root),
  };
}

export async function checker(root: string, outDir = resolve(root, 'dist-check')): Promise<void> {
  const packages = resolve(root, 'node_modules');
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    plugins: [engineMends(), withoutRequests(), notices(root, [])],
    resolve: {
      // Node would be given Solid's server build, in which nothing ever changes.
      alias: [
        { find: /^solid-js$/, replacement: resolve(packages, 'solid-js/dist/solid.js') },
        { find: /^@getodk\/xforms-engine$/, replacement: resolve(packages, '@getodk/xforms-engine/dist/solid.js') },
      ],
    },
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rolldownOptions: {
        input: resolve(root, 'src/forms/publishing/main.ts'),
        checks: { eval: false }, // in the engine's XPath grammar, which is taken as it is
        output: {
          minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
          entryFileNames: 'check.mjs',
          chunkFileNames: '[name]-[hash].mjs',
        },
      },
    },
  });
}

/** jsdom looks for the program of its synchronous requests when it starts; there are none here. */
function withoutRequests(): Plugin {
  return {
    name: 'lianxin:without-requests',
    transform(code, id) {
      if (!id.endsWith('XMLHttpRequest-impl.js')) return null;
      return { code: code.replace(/require\.resolve\("\.\/xhr-sync-worker\.js"\)/, 'null'), map: null };
    },
  };
}
