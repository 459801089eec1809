/**
 * A demo county for one run of the live tests, gone afterwards; and a console, for tests that back a county up and restore
 * it: `POST /open` gives them one of their own, small.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { ServedCounty } from './served-county';

declare module 'vitest' {
  interface ProvidedContext {
    county: string;
    console: string;
  }
}

interface Console {
  readonly url: string;
  close(): Promise<void>;
}

async function openConsole(): Promise<Console> {
  const opened: ServedCounty[] = [];
  const newest = (): ServedCounty => {
    const last = opened.at(-1);
    if (last === undefined) throw new Error('no county was opened');
    return last;
  };
  const verbs: Readonly<Record<string, (said: string) => Promise<string>>> = {
    '/open': async () => {
      const county = await ServedCounty.open('--days', '7', '--visits', '60');
      opened.push(county);
      return county.url;
    },
    '/backup': async () => {
      const told = newest().lianxin('backup', join(newest().folder, 'backups'));
      return Promise.resolve(/✓ (\S+)/.exec(told)?.[1] ?? '');
    },
    '/restore': async (backup) => {
      await newest().stop();
      newest().lianxin('restore', backup, '--over');
      await newest().serve();
      return '';
    },
  };
  const server = createServer((request, response) => {
    void (async () => {
      const said: Buffer[] = [];
      for await (const chunk of request) said.push(chunk as Buffer);
      const verb = verbs[request.url ?? ''];
      try {
        response.end((await verb?.(Buffer.concat(said).toString())) ?? '');
      } catch (error) {
        response.writeHead(500).end(String(error));
      }
    })();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.close();
      for (const county of opened) await county.close();
    },
  };
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const console = await openConsole();
  project.provide('console', console.url);
  const given = process.env.LIANXIN_LIVE_URL;
  if (given !== undefined && given !== '') {
    project.provide('county', given);
    return () => console.close();
  }
  const county = await ServedCounty.open();
  project.provide('county', county.url);
  return async () => {
    await county.close();
    await console.close();
  };
}
