/** What an expression of an XForm names. */
const LITERAL = /'[^']*'|"[^"]*"/g;
const PREDICATE = /\[([^[\]]*)\]/g;
/** current()/../x, ../x, ./x, /data/x; a bare name only means something inside a list's own rows. */
const PATH = /(?:current\(\)\s*\/\s*)?(?:\.\.?|\/)[\w./*@-]*/g;

/** The absolute paths that an expression names, seen from the node that it is about. */
export function pathsOf(expression: string, about: string): string[] {
  const plain = expression.replace(LITERAL, "''");
  if (plain.includes('::')) return ['/'];
  const { bare, predicates } = unnested(plain);
  const named = [bare, ...predicates].flatMap((part) => part.match(PATH) ?? []);
  return named.map((path) => absolute(path.replace(/^current\(\)\s*\/\s*/, ''), about));
}

/** Predicates apart, the innermost first: /data/a[x = 1]/b is /data/a/b, and x = 1 on its own. */
function unnested(expression: string): { bare: string; predicates: string[] } {
  const predicates: string[] = [];
  let bare = expression;
  for (let before = ''; before !== bare; ) {
    before = bare;
    bare = bare.replace(PREDICATE, (_, inner: string) => {
      predicates.push(inner);
      return '';
    });
  }
  return { bare, predicates };
}

function absolute(path: string, about: string): string {
  const steps = path.startsWith('/') ? [] : about.split('/').filter(Boolean);
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step === '*')
      break; // whatever lies below what was named so far
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return path.startsWith('//') ? '/' : `/${steps.join('/')}`;
}
