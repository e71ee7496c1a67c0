/**
 * The arrows of the architecture: which folder may import which. Whatever has no arrow here fails the build.
 * A name is a folder of src, a file of it, or `worklets`.
 */
const foundation = ['errors', 'clock', 'events', 'store'];
const arrows = {
  errors: [],
  clock: ['errors'],
  events: ['errors'],
  store: ['errors', 'events'],
  dsp: foundation,
  grant: foundation,
  'turn-taking': ['dsp', ...foundation],
  catalogue: ['grant', ...foundation],
  streams: foundation,
  shapes: foundation,
  picture: foundation,
  // The Worker of a voice runs the very modules that the page would.
  worklets: ['dsp', 'turn-taking', 'audio-socket', 'services/akool-streaming/createAkoolWire.ts', 'services/dve/createDveWire.ts', ...foundation],
  // The host of the turn detector runs it on the main thread where there can be no Worker.
  audio: ['worklets', 'dsp', 'turn-taking', ...foundation],
  'audio-socket': ['worklets', 'audio', 'dsp', 'turn-taking', 'grant', ...foundation],

  // The ports, and what stands behind them. No vendor imports another, and nothing imports a vendor but the default of a session.
  'services/service.ts': ['grant', 'audio', 'picture', ...foundation],
  'services/createConnectionLife.ts': foundation,
  'services/akool-streaming': ['services/service.ts', 'services/createConnectionLife.ts', 'audio-socket', 'turn-taking', 'dsp', 'grant', ...foundation],
  'services/akool-live': ['services/service.ts', 'services/createConnectionLife.ts', 'audio-socket', 'streams', 'turn-taking', 'grant', ...foundation],
  'services/pipeline': ['services/service.ts', 'streams', 'turn-taking', 'dsp', 'grant', ...foundation],
  'services/dve': ['services/service.ts', 'services/createConnectionLife.ts', 'audio-socket', 'turn-taking', 'dsp', 'grant', ...foundation],
  'channel/channel.ts': ['grant', ...foundation],
  'channel/assertSendable.ts': foundation,
  'channel/assertWebRtc.ts': foundation,
  'channel/loopbackChannel.ts': ['channel/channel.ts', 'channel/assertWebRtc.ts', 'channel/agora', 'channel/loopback', ...foundation],
  'channel/createDefaultChannel.ts': ['channel/channel.ts', 'channel/agora', 'channel/loopbackChannel.ts', ...foundation],
  'channel/agora': ['channel/channel.ts', 'channel/assertSendable.ts', 'channel/assertWebRtc.ts', 'grant', 'audio', 'picture', 'dsp', ...foundation],
  'channel/loopback': ['channel/channel.ts', 'channel/agora/agoraClient.ts', 'channel/agora/agoraEngine.ts', 'dsp', 'grant', ...foundation],

  session: [
    'services/service.ts',
    'services/akool-streaming',
    'channel/channel.ts',
    'channel/createDefaultChannel.ts',
    'audio',
    'audio-socket',
    'turn-taking',
    'grant',
    'dsp',
    'streams',
    'picture',
    ...foundation,
  ],
  react: ['session', 'audio', 'services/service.ts', 'channel/channel.ts', 'catalogue', ...foundation],
  'react/query': ['react/picker', 'catalogue', 'grant', ...foundation],

  server: ['shapes', 'grant', 'services/[^/]+/messages.ts', ...foundation],
  emulator: ['shapes', 'services/[^/]+/messages.ts', 'services/[^/]+/codec', 'channel/loopback/messages.ts', 'turn-taking', 'dsp', 'grant', ...foundation],
  cli: ['shapes', 'server.ts', 'emulator.ts', 'server', 'emulator', 'grant', ...foundation],
  testing: [
    'session',
    'services/service.ts',
    'channel/channel.ts',
    'channel/assertSendable.ts',
    'audio',
    'turn-taking',
    'dsp',
    'grant',
    ...foundation,
  ],

  'index.ts': ['react', 'catalogue', 'session', 'audio', 'services/service.ts', 'channel/channel.ts', 'grant', ...foundation],
  'client.ts': ['session', 'services', 'channel', 'audio', 'audio-socket', 'turn-taking', 'dsp', 'grant', 'catalogue', 'streams', 'picture', ...foundation],
  'query.ts': ['react/query', 'react/picker', 'catalogue', 'grant', ...foundation],
  'labels.ts': ['react/labels', ...foundation],
  'agora.ts': ['channel/agora', 'channel/channel.ts', 'audio', 'picture', ...foundation],
  'server.ts': ['server', 'grant', ...foundation],
  'emulator.ts': ['emulator', ...foundation],
  'testing.ts': ['testing', 'channel/loopbackChannel.ts', ...foundation],
  'cli.ts': ['cli', ...foundation],
};

/** @param {string} name */
const pathOf = (name) => `^${name === 'worklets' ? '' : 'src/'}${name.replaceAll('.ts', '\\.ts$')}${/\.ts$/.test(name) ? '' : '/'}`;

const browserCode = '^(worklets|src/(react|session|services|channel|audio|audio-socket|turn-taking|dsp|grant|catalogue|streams|picture|errors|clock|events|store))/';
const inPackages = (...names) => `(^|/)node_modules/(@types/)?(${names.join('|')})(/|$)`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'Types may refer to each other across files; code may not.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'agora-in-one-place',
      comment: 'The SDK is 360 KB and throws in Node: only the agora entry may name it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(agora\\.ts$|channel/agora/)' },
      to: { path: inPackages('agora-rtc-react', 'agora-rtc-sdk-ng') },
    },
    {
      name: 'agora-by-import',
      comment: 'A page fetches the SDK when it joins, and a page on the emulator never.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/agora\\.ts$' },
      to: { path: '^src/(agora|channel/agora/agoraChannel)\\.ts$', dynamic: false, dependencyTypesNot: ['type-only', 'type-import'] },
    },
    {
      name: 'react-in-react-only',
      comment: 'The headless client carries no React. AgoraRoom is the glue that only visavis/agora exports.',
      severity: 'error',
      from: { path: '^(src|worklets)/', pathNot: '^src/(react/|index\\.ts$|channel/agora/AgoraRoom\\.tsx$)' },
      to: { path: inPackages('react', 'react-dom', 'use-sync-external-store') },
    },
    {
      name: 'query-in-query-only',
      comment: 'TanStack Query is an optional peer: only visavis/query needs it.',
      severity: 'error',
      from: { path: '^(src|worklets)/', pathNot: '^src/react/query/' },
      to: { path: inPackages('@tanstack/react-query', '@tanstack/query-core') },
    },
    {
      name: 'query-by-its-entry',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(query\\.ts$|react/query/)' },
      to: { path: '^src/react/query/' },
    },
    {
      name: 'no-node-in-the-browser',
      severity: 'error',
      from: { path: browserCode },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'optional-peers-by-import',
      comment: 'An optional peer may be missing: load it by import() and say so with an AvatarError.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: inPackages('@roamhq/wrtc', '@napi-rs/canvas'), dynamic: false, dependencyTypesNot: ['type-only', 'type-import'] },
    },
    {
      name: 'no-development-package',
      comment: 'What ships may import only what an application gets along with it.',
      severity: 'error',
      from: { path: '^(src|worklets)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only', 'npm-peer'] },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?worklet$' },
    },
  ],
  allowedSeverity: 'error',
  allowed: [
    // Packages are the business of the rules above, and a folder may import itself.
    { from: {}, to: { pathNot: '^(src|worklets)/' } },
    { from: { pathNot: '^(src|worklets)/' }, to: {} },
    ...Object.entries(arrows).map(([name, targets]) => ({
      from: { path: pathOf(name) },
      to: { path: [name, ...targets].map(pathOf) },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
