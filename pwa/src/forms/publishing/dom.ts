/** What the engine takes from a browser, given to Node before the engine is fetched: it reads these when it is run. */
import { createRequire } from 'node:module';
import net from 'node:net';
import { JSDOM } from 'jsdom';

export function furnish(): void {
  const { window } = new JSDOM('', { contentType: 'text/html' });
  const { document, DOMParser, XMLSerializer, Node, Element, Document } = window;
  Object.defineProperty(Element.prototype, 'children', { get: childrenOf });
  const require = createRequire(import.meta.url); // asked for by the engine's XPath grammar
  Object.assign(globalThis, { document, DOMParser, XMLSerializer, Node, Element, Document, require, __dirname: '' });
}

/** As a plain list: jsdom's own looks up every step by name too, and a form of 5,000 rows would take minutes. */
function childrenOf(this: Element): Element[] {
  const found: Element[] = [];
  for (let each = this.firstElementChild; each !== null; each = each.nextElementSibling) found.push(each);
  return found;
}

/** A form never needs a network to be run, and somebody else has written it. */
export function closeNetwork(): void {
  const closed = () => {
    throw new Error('a form that is looked over has no network');
  };
  net.Socket.prototype.connect = closed;
  Object.assign(globalThis, { fetch: closed, WebSocket: undefined });
}
