/** A demo county for one run of the live tests: filled, served by the real server on a free port, and gone afterwards. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    county: string;
  }
}

const ROOT = resolve(import.meta.dirname, '../..');
const PYTHON = join(ROOT, '.lianxin/env/bin/python');
const PATIENCE_MS = 30_000;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.LIANXIN_LIVE_URL;
  if (given !== undefined && given !== '') {
    project.provide('county', given);
    return () => Promise.resolve();
  }
  const data = mkdtempSync(join(tmpdir(), 'lianxin-live-'));
  const port = await freePort();
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith('LIANXIN_'));
  const here = { LIANXIN_DATA: data, LIANXIN_HOST: '127.0.0.1', LIANXIN_DEMO: 'true', PYTHONUTF8: '1' };
  const env = { ...Object.fromEntries(others), ...here };
  const lianxin = ['-m', 'server.cli'];
  const tidy = (): void => rmSync(data, { recursive: true, force: true });
  try {
    for (const words of [['db', 'upgrade'], ['demo']])
      execFileSync(PYTHON, [...lianxin, ...words], { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] });
  } catch (error) {
    tidy();
    throw error;
  }

  const server = spawn(PYTHON, [...lianxin, 'serve', '--port', String(port)], { cwd: ROOT, env, stdio: 'ignore' });
  const ended = once(server, 'exit');
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    server.kill('SIGTERM');
    await ended;
    tidy();
  };
  for (const began = Date.now(); !(await isReady(url)); await pause(100)) {
    if (server.exitCode === null && Date.now() - began < PATIENCE_MS) continue;
    await stop();
    throw new Error('the county does not come up');
  }
  project.provide('county', url);
  return stop;
}
