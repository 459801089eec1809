/**
 * Writes src/api/schema.d.ts from the server's own description of itself, so that the desk cannot drift from it.
 *   npm run api                         from a server on this machine (http://localhost:8000)
 *   npm run api -- openapi.json         from a file, or another address
 *   npm run api -- --check openapi.json exits 1 when the file in the tree says something else
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';

const args = process.argv.slice(2);
const check = args.includes('--check');
const source = args.find((arg) => !arg.startsWith('--')) ?? 'http://localhost:8000/api/openapi.json';
const target = resolve(import.meta.dirname, '../src/api/schema.d.ts');

const description = /^https?:/.test(source)
  ? await (await fetch(source)).json()
  : JSON.parse(readFileSync(source, 'utf8'));
const head = '/** Generated from the server’s OpenAPI description by `npm run api`: never edited by hand. */\n\n';
const made = head + astToString(await openapiTS(description));

if (!check) writeFileSync(target, made);
else if (readFileSync(target, 'utf8') !== made) {
  console.error('src/api/schema.d.ts is not what the server says: run `npm run api` in pwa/ against a running server');
  process.exitCode = 1;
}
