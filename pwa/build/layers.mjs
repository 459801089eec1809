/** Runs dependency-cruiser and fails when a layer is broken, or when it saw nothing at all (then it proves nothing). */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const args = [resolve(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')];
args.push('--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src');
const run = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
if (run.stdout === '') throw new Error(run.stderr);
const { summary, modules } = JSON.parse(run.stdout);
const seen = modules.filter((module) => module.source.startsWith('src/')).length;
for (const { rule, from, to } of summary.violations) console.error(`${rule.name}: ${from} → ${to}`);
console.log(`${seen} modules of src, ${summary.violations.length} broken layers`);
if (seen === 0) console.error('dependency-cruiser saw no modules: it proves nothing');
process.exitCode = summary.violations.length > 0 || seen === 0 ? 1 : 0;
