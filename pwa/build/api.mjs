/**
 * Writes src/api/schema.d.ts from the server's own description of itself, so that the desk cannot drift from it.
 *   ../deploy/lianxin openapi | npm run api       from this checkout
 *   npm run api -- http://localhost:8000/api/openapi.json
 *   npm run api -- --check openapi.json           exits 1 when the file in the tree says something else
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';

const args = process.argv.slice(2);
const check = args.includes('--check');
const source = args.find((arg) => !arg.startsWith('--')) ?? '/dev/stdin';
const target = resolve(import.meta.dirname, '../src/api/schema.d.ts');

const description = /^https?:/.test(source)
  ? await (await fetch(source)).json()
  : JSON.parse(readFileSync(source, 'utf8'));
const head = '/** Generated from the server’s OpenAPI description by `npm run api`: never edited by hand. */\n\n';
// Messages only, in the order of their names: pages name their routes, and a new one must not move the others.
const schemas = Object.fromEntries(Object.entries(description.components.schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
const made = head + astToString(await openapiTS({ ...description, paths: {}, components: { schemas } }));

if (!check) writeFileSync(target, made);
else if (readFileSync(target, 'utf8') !== made) {
  console.error(
    'src/api/schema.d.ts is not what the server says: run `./deploy/lianxin openapi | npm --prefix pwa run api`',
  );
  process.exitCode = 1;
}
