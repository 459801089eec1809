/**
 * The layers of the app: field → sync → store; field | desk → forms → ui → i18n. The desk knows neither store nor
 * sync, because it has no copy of anything. Each foreign library has one door.
 */
const may = (from, to, besides = []) => ({
  name: `${from}-imports-only-${to.join('-') || 'itself'}`,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: '^src/', pathNot: [...[from, ...to].map((name) => `^src/${name}/`), ...besides] },
});
const door = (library, path) => ({
  name: `one-door-for-${library}`,
  severity: 'error',
  from: { path: '^src/', pathNot: path },
  to: { path: `node_modules/${library}/` },
});

// The pure twins of sync/core and the wire's shapes: below everything, as sync/ is on the server. No engine, no network.
const agreement = '^src/sync/(ids|canonical|digest|clock|moment|messages)\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'nothing-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    may('i18n', []),
    may('ui', ['i18n']),
    may('forms', ['ui', 'i18n']),
    may('store', [], [agreement]),
    {
      name: 'the-agreement-stands-on-nothing',
      severity: 'error',
      from: { path: agreement },
      to: { path: '^src/', pathNot: agreement },
    },
    may('sync', ['store']),
    may('api', ['i18n']),
    may('start', []),
    may('demo', ['api', 'ui', 'i18n']),
    may('field', ['forms', 'sync', 'store', 'ui', 'i18n']),
    may('desk', ['forms', 'api', 'ui', 'i18n']),
    door('@getodk/xforms-engine', '^src/forms/(xform|testing/bare)'),
    door('idb', '^src/store/'),
    door('jsdom', '^src/forms/publishing/'),
    door('@panzoom/panzoom', '^src/desk/photos/pan-zoom\\.ts$'),
    door('workbox-(precaching|routing)', '^src/sw\\.ts$'),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.test\\.tsx?$' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['solid', 'import', 'browser', 'types', 'default'],
    },
  },
};
