/** A demo county in a folder of its own, served by the real server on a free port; it can be stopped, and come back. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const ROOT = resolve(import.meta.dirname, '../..');
const PYTHON = join(ROOT, '.lianxin/env/bin/python');
const PATIENCE_MS = 180_000;

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

export class ServedCounty {
  readonly folder: string;
  readonly url: string;
  readonly #port: number;
  #server: ChildProcess | null = null;

  private constructor(port: number) {
    this.folder = mkdtempSync(join(tmpdir(), 'lianxin-live-'));
    this.#port = port;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Filled and served. `demo`: words for the command that fills it. */
  static async open(...demo: string[]): Promise<ServedCounty> {
    const county = new ServedCounty(await freePort());
    try {
      county.lianxin('db', 'upgrade');
      county.lianxin('demo', ...demo);
      await county.serve();
    } catch (error) {
      await county.close();
      throw error;
    }
    return county;
  }

  /** A command at the server's console; what it printed. */
  lianxin(...words: string[]): string {
    return execFileSync(PYTHON, ['-m', 'server.cli', ...words], {
      cwd: ROOT,
      env: this.#env(),
      stdio: ['ignore', 'pipe', 'inherit'],
      encoding: 'utf8',
    });
  }

  async serve(): Promise<void> {
    const words = ['-m', 'server.cli', 'serve', '--port', String(this.#port)];
    const server = spawn(PYTHON, words, { cwd: ROOT, env: this.#env(), stdio: 'ignore' });
    this.#server = server;
    for (const began = Date.now(); !(await isReady(this.url)); await pause(100))
      if (server.exitCode !== null || Date.now() - began > PATIENCE_MS) throw new Error('the county does not come up');
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server?.exitCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    await ended;
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #env(): NodeJS.ProcessEnv {
    const others = Object.entries(process.env).filter(([name]) => !name.startsWith('LIANXIN_'));
    const data = join(this.folder, 'data');
    const here = { LIANXIN_DATA: data, LIANXIN_HOST: '127.0.0.1', LIANXIN_DEMO: 'true', PYTHONUTF8: '1' };
    return { ...Object.fromEntries(others), ...here };
  }
}
