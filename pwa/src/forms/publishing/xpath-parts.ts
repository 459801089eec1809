/**
 * The parts of an XPath expression that can be tried on their own: every call, also in a branch that is not taken just
 * now, and every path without its predicates, which would hide that it leads nowhere. A path inside a predicate starts
 * at the rows that the predicate chooses from: in `instance('places')/root/item[kind = 'yard']` one of the paths is
 * `instance('places')/root/item/kind`.
 */
export interface Parts {
  readonly calls: readonly string[];
  readonly paths: readonly string[];
}

const TOKEN =
  /\s+|'[^']*'|"[^"]*"|\d+(?:\.\d*)?|\.\d+|\.\.|\/\/|::|!=|<=|>=|[\p{L}_][\p{L}\p{N}_.-]*(?::[\p{L}_][\p{L}\p{N}_.-]*)?|./gu;
const OPERATORS: ReadonlySet<string> = new Set(['and', 'or', 'div', 'mod']);
const NODE_TESTS: ReadonlySet<string> = new Set(['text', 'node', 'comment', 'processing-instruction']);
const NAME = /^[\p{L}_]/u;

interface Token {
  readonly text: string;
  readonly start: number;
}

export function partsOf(expression: string): Parts {
  return new Reader(expression).read();
}

class Reader {
  private readonly tokens: readonly Token[];
  private readonly calls: string[] = [];
  private readonly paths: string[] = [];
  private at = 0;

  constructor(private readonly source: string) {
    this.tokens = [...source.matchAll(TOKEN)]
      .map((match) => ({ text: match[0], start: match.index }))
      .filter(({ text }) => text.trim() !== '');
  }

  read(): Parts {
    while (this.at < this.tokens.length) {
      this.expression('');
      this.at += 1; // a bracket too many: what comes after it is read all the same
    }
    return { calls: [...new Set(this.calls)], paths: [...new Set(this.paths)] };
  }

  private get now(): string {
    return this.tokens[this.at]?.text ?? '';
  }

  private get next(): string {
    return this.tokens[this.at + 1]?.text ?? '';
  }

  /** Up to the bracket or comma that ends it. `base`: the path of the rows that a predicate is about. */
  private expression(base: string): void {
    let operand = false; // whether one stands before: then a name is an operator
    while (this.now !== '' && ![')', ']', ','].includes(this.now)) {
      const { now } = this;
      if (now === '(') {
        const start = this.at;
        this.bracket(base, ')');
        this.steps(this.since(start), base);
        operand = true;
      } else if (operand && (OPERATORS.has(now) || now === '*')) {
        this.at += 1;
        operand = false;
      } else if (this.startsPath()) {
        this.path(base);
        operand = true;
      } else {
        operand = /^['"\d]/.test(now) || /^\.\d/.test(now);
        this.at += 1;
      }
    }
  }

  private startsPath(): boolean {
    return NAME.test(this.now) || ['/', '//', '.', '..', '@', '*'].includes(this.now);
  }

  private bracket(base: string, end: string): void {
    this.at += 1;
    while (this.now !== '' && this.now !== end) {
      this.expression(base);
      if (this.now === ',') this.at += 1;
      else if (this.now !== end) break;
    }
    this.at += 1;
  }

  private path(base: string): void {
    const isCall = NAME.test(this.now) && this.next === '(' && !NODE_TESTS.has(this.now);
    if (!isCall) {
      const absolute = this.now.startsWith('/');
      this.steps(absolute || base === '' ? '' : `${base}/`, base);
      return;
    }
    const start = this.at;
    this.at += 1;
    this.bracket(base, ')');
    const call = this.since(start);
    this.calls.push(call);
    this.steps(call, base);
  }

  /** The text from that token to the last one read. */
  private since(start: number): string {
    const last = this.tokens[this.at - 1];
    const end = last === undefined ? this.source.length : last.start + last.text.length;
    return this.source.slice(this.tokens[start]?.start ?? 0, end);
  }

  /** The steps after `so far`; without any, nothing is a path. */
  private steps(soFar: string, base: string): void {
    let path = soFar;
    let stepped = false;
    for (;;) {
      const { now } = this;
      if (now === '[') {
        this.bracket(path === '' ? base : path.replace(/\/$/, ''), ']');
        continue;
      }
      const slash = now === '/' || now === '//';
      const begins = path === '' || path.endsWith('/') || path.endsWith('::') || path.endsWith('@');
      if (slash || (begins && this.startsPath())) {
        path += now;
        stepped ||= !slash && now !== '.';
        this.at += 1;
        if (NODE_TESTS.has(now) && this.now === '(') {
          path += '()';
          this.bracket(base, ')');
        }
      } else if (now === '::') {
        path += now;
        this.at += 1;
      } else break;
    }
    if (stepped && path !== '..') this.paths.push(path);
  }
}
