/** What the engine takes from a browser, given to Node before the engine is fetched: it reads these when it is run. */
import { createRequire } from 'node:module';
import net from 'node:net';
import { JSDOM } from 'jsdom';

export function furnish(): void {
  const { window } = new JSDOM('', { contentType: 'text/html' });
  const { document, DOMParser, XMLSerializer, Node, Element, Document } = window;
  const require = createRequire(import.meta.url); // asked for by the engine's XPath grammar
  Object.assign(globalThis, { document, DOMParser, XMLSerializer, Node, Element, Document, require, __dirname: '' });
}

/** A form never needs a network to be run, and somebody else has written it. */
export function closeNetwork(): void {
  const closed = () => {
    throw new Error('a form that is looked over has no network');
  };
  net.Socket.prototype.connect = closed;
  Object.assign(globalThis, { fetch: closed, WebSocket: undefined });
}
