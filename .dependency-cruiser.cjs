/** Who may import whom: the rules of docs/architecture.md, held by `npm run check`. */

/** What the bot does, each in a folder that knows no platform, no command and no setting. */
const FEATURES =
  'answers|cards|changes|delivery|export|feeds|health|import|inbox|learning|library|list-import|mail|messages|model|papers|privacy|recommend|search|sources|summary|trending|watches|workspaces|zotero';

/** What only puts features together, or shows them to somebody. */
const ABOVE_FEATURES = ['^commands/', '^src/(app|cli|config|doctor|platforms)/'];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles-between-modules',
      comment: 'Two modules that need each other are one module, or three.',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-cycles-between-folders',
      comment: 'Folders stand above or below each other; an import of a type counts as well.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^(src|commands)/' },
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A module that nobody imports is dead.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: ['^src/cli/main\\.ts$', '-worker\\.ts$', '^test/', '^bench/(run|.*/train-)', '\\.d\\.ts$'],
      },
      to: {},
    },
    {
      name: 'commands-are-pure-steps',
      comment:
        'Commands import the command framework, cards, errors, the clock, and pure parts and types of features.',
      severity: 'error',
      from: { path: '^commands/' },
      to: {
        path: '^src/',
        pathNot: [
          '^src/(base|cards|command|time)/',
          '^src/chat/(card|clip)\\.ts$',
          '^src/(text/(ids|readable)|papers/(paper|source-names|withdrawal)|search/search|trending/trending|library/(library|tags))\\.ts$',
          '^src/feeds/(feed|options/[a-z-]+)\\.ts$',
          '^src/delivery/planning/slots\\.ts$',
          '^src/watches/watch(-terms)?\\.ts$',
          '^src/inbox/inbox\\.ts$',
          '^src/list-import/list-import\\.ts$',
          '^src/recommend/recommend\\.ts$',
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
      name: 'features-know-nothing-above-them',
      comment:
        'Features import each other and what lies below; never a command, a platform or the configuration.',
      severity: 'error',
      from: { path: `^src/(${FEATURES})/` },
      to: { path: ABOVE_FEATURES },
    },
    {
      name: 'only-cards-know-the-command-framework',
      comment: 'A button holds a line of a command, so a card may write one.',
      severity: 'error',
      from: { path: `^src/(?!cards/)(${FEATURES})/` },
      to: { path: '^src/command/' },
    },
    {
      name: 'chat-is-contracts',
      comment: 'What platforms and the rest of the program are to each other, on top of nothing but errors.',
      severity: 'error',
      from: { path: '^src/chat/' },
      to: { path: '^(src|commands)/', pathNot: ['^src/chat/', '^src/base/errors\\.ts$'] },
    },
    {
      name: 'platforms-know-no-feature',
      severity: 'error',
      from: { path: '^src/platforms/' },
      to: {
        path: '^(src|commands)/',
        pathNot: ['^src/(base|chat|command|platforms|resilience|time)/'],
      },
    },
    {
      name: 'platforms-know-not-each-other',
      severity: 'error',
      from: { path: '^src/platforms/(discord|email|slack|terminal)/' },
      to: { path: '^src/platforms/(discord|email|slack|terminal)/', pathNot: '^src/platforms/$1/' },
    },
    {
      name: 'the-command-framework-knows-no-command',
      severity: 'error',
      from: { path: '^src/command/' },
      to: { path: '^(src|commands)/', pathNot: '^src/(base|chat|command|time)/' },
    },
    {
      name: 'foundations-know-nothing-above-them',
      severity: 'error',
      from: { path: '^src/(base|time|resilience|workers|text|db)/' },
      to: { path: '^(src|commands)/', pathNot: '^src/(base|time|resilience|workers|text|db|chat)/' },
    },
    {
      name: 'discord-in-its-platform',
      severity: 'error',
      from: { pathNot: ['^src/platforms/discord/', '^test/'] },
      to: { path: 'node_modules/(discord\\.js|@discordjs|discord-api-types)/' },
    },
    {
      name: 'slack-in-its-platform',
      severity: 'error',
      from: { pathNot: ['^src/platforms/slack/', '^test/'] },
      to: { path: 'node_modules/@slack/' },
    },
    {
      name: 'mail-libraries-in-mail',
      severity: 'error',
      from: { pathNot: ['^src/mail/', '^test/'] },
      to: { path: 'node_modules/(nodemailer|postal-mime|react|react-dom|@react-email)/' },
    },
    {
      name: 'sql-in-stores',
      comment: 'better-sqlite3 and Kysely appear in db/, in *-store.ts and in the search index.',
      severity: 'error',
      from: { path: '^(src|commands)/', pathNot: ['^src/db/', '-store\\.ts$', '^src/search/'] },
      to: { path: 'node_modules/(better-sqlite3|kysely)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'configuration-at-the-top',
      comment: 'Only what puts the program together reads its configuration.',
      severity: 'error',
      from: { pathNot: ['^src/(app|cli|config|doctor)/', '^docs/', '^bench/', '^test/'] },
      to: { path: '^src/config/' },
    },
    {
      name: 'pure-files-do-no-io',
      severity: 'error',
      from: {
        path: '/(score|periods|fusion|render|markup|clip|plain|parse|usage|merge|query|extractive|sentences|reaction-target)\\.ts$',
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
