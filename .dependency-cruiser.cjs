/** Who may import whom: the rules of docs/architecture.md, held by `npm run check`. */

const FEATURES =
  'papers|search|summary|trending|library|messages|delivery|sources|operation|workspaces|model|answers';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Two modules that need each other are one module, or three.',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-orphans',
      comment: 'A module that nobody imports is dead.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: ['^src/cli\\.ts$', '-thread\\.ts$', '^test/', '^bench/(run|train-)', '\\.d\\.ts$'],
      },
      to: {},
    },
    {
      name: 'commands-are-pure-steps',
      comment:
        'Commands import the command frame, cards, errors, the clock, and pure parts and types of features.',
      severity: 'error',
      from: { path: '^commands/' },
      to: {
        path: '^src/',
        pathNot: [
          '^src/command/',
          '^src/chat/card\\.ts$',
          '^src/chat/clip\\.ts$',
          '^src/errors\\.ts$',
          '^src/clock\\.ts$',
          '^src/(papers/(ids|paper|known|readable)|search/port|trending/trending|sources/labels)\\.ts$',
          '^src/delivery/(feed|slots|options/[a-z-]+)\\.ts$',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'commands-know-no-sql',
      severity: 'error',
      from: { path: '^commands/' },
      to: { path: ['node_modules/(better-sqlite3|kysely)/', '^src/db/'] },
    },
    {
      name: 'features-know-no-adapter',
      comment: 'Features import db, cards and each other; never an adapter, never the configuration.',
      severity: 'error',
      from: { path: `^src/(${FEATURES})/` },
      to: {
        path: [
          '^src/chat/(discord|slack|terminal)/',
          '^src/(config|settings|main|cli|stores)\\.ts$',
          '^src/cli/',
          '^src/command/',
        ],
      },
    },
    {
      name: 'adapters-know-no-feature',
      severity: 'error',
      from: { path: '^src/chat/' },
      to: { path: [`^src/(${FEATURES}|db)/`, '^commands/', '^src/(config|settings|main|cli|stores)\\.ts$'] },
    },
    {
      name: 'adapters-know-not-each-other',
      severity: 'error',
      from: { path: '^src/chat/(discord|slack|terminal)/' },
      to: { path: '^src/chat/(discord|slack|terminal)/', pathNot: '^src/chat/$1/' },
    },
    {
      name: 'the-command-frame-knows-no-command',
      severity: 'error',
      from: { path: '^src/command/' },
      to: { path: [`^src/(${FEATURES}|db)/`, '^commands/', '^src/chat/(discord|slack|terminal)/'] },
    },
    {
      name: 'discord-in-its-adapter',
      severity: 'error',
      from: { pathNot: ['^src/chat/discord/', '^test/'] },
      to: { path: 'node_modules/(discord\\.js|@discordjs|discord-api-types)/' },
    },
    {
      name: 'slack-in-its-adapter',
      severity: 'error',
      from: { pathNot: ['^src/chat/slack/', '^test/'] },
      to: { path: 'node_modules/@slack/' },
    },
    {
      name: 'sql-in-stores',
      comment: 'better-sqlite3 and Kysely stand in db/, in *-store.ts and in the search index.',
      severity: 'error',
      from: { path: '^(src|commands)/', pathNot: ['^src/db/', '-store\\.ts$', '^src/search/'] },
      to: { path: 'node_modules/(better-sqlite3|kysely)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'configuration-at-the-top',
      comment: 'Only what puts the program together reads its configuration.',
      severity: 'error',
      from: {
        pathNot: ['^src/(main|cli|config|settings)\\.ts$', '^src/cli/', '^docs/', '^bench/', '^test/'],
      },
      to: { path: '^src/config\\.ts$' },
    },
    {
      name: 'pure-files-do-no-io',
      severity: 'error',
      from: {
        path: '/(score|periods|fusion|render|markup|clip|plain|parse|usage|merge|query|extractive|sentences|meaning)\\.ts$',
        pathNot: '^(src/db|docs|bench|test)/',
      },
      to: {
        path: [
          '^(node:)?(fs|net|http|https|child_process|worker_threads)',
          'node_modules/(undici|better-sqlite3)/',
        ],
      },
    },
    {
      name: 'product-imports-no-test',
      severity: 'error',
      from: { path: '^(src|commands)/' },
      to: { path: ['^test/', '^bench/', '^docs/'] },
    },
    {
      name: 'declared-dependencies-only',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
    },
    {
      name: 'no-development-tools-in-the-product',
      severity: 'error',
      from: { path: '^(src|commands)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
