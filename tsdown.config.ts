import { defineConfig, type UserConfig } from 'tsdown';
import { entryDoors } from './scripts/entryDoors.js';
import { INLINE, inlineStyles, minifyStyle } from './scripts/inlineStyles.js';
import { workletSource } from './scripts/workletSource.js';

/** Each language is an entry of its own, so that an application can import one without the code that chooses. */
const LANGUAGES = {
  en: 'english',
  ar: 'arabic',
  de: 'german',
  es: 'spanish',
  fr: 'french',
  ja: 'japanese',
  'pt-BR': 'brazilianPortuguese',
  'zh-Hans': 'simplifiedChinese',
  'zh-Hant': 'traditionalChinese',
};

const common = {
  entry: {
    ...Object.fromEntries(['index', 'client', 'agora', 'query', 'labels', 'server', 'emulator', 'testing', 'cli'].map((name) => [name, `src/${name}.ts`])),
    ...Object.fromEntries(Object.entries(LANGUAGES).map(([tag, name]) => [`labels/${tag}`, `src/react/labels/languages/${name}.ts`])),
  },
  format: 'esm',
  target: 'es2022',
  platform: 'neutral',
  fixedExtension: false,
  // Dependencies and peers stay imports; anything else that came along from node_modules would be a mistake.
  deps: { neverBundle: [/^node:/], onlyBundle: [] },
} satisfies UserConfig;

export default defineConfig([
  {
    ...common,
    // A file for each module: a bundler drops what an application does not use by the file, and cuts its own chunks between them.
    unbundle: true,
    dts: false,
    sourcemap: true,
    plugins: [
      workletSource({
        emit: Object.fromEntries(['mic-capture', 'pcm-playback', 'turn-detector', 'voice-socket'].map((name) => [`worklets/${name}.js`, `worklets/${name}.ts`])),
      }),
      inlineStyles(),
      stylesheet(),
      entryDoors(['index', 'client']),
    ],
    // What a worklet or a style is imported as, beside the file itself.
    outputOptions: { entryFileNames: ({ facadeModuleId }) => (facadeModuleId?.endsWith('?worklet') || facadeModuleId?.endsWith(INLINE) ? '[name]-source.js' : '[name].js') },
  },
  {
    ...common,
    // The declarations of one entry in few files: nothing is gained by taking them apart.
    dts: { emitDtsOnly: true },
    plugins: [workletSource(), inlineStyles(), withoutLostMaps()],
    outputOptions: { chunkFileNames: 'chunks/[name]-[hash].js' },
  },
]);

/** The stylesheet in one file, what an `Avatar` alone needs of it in another, and declarations beside them: TypeScript 6 checks `import 'visavis/styles.css'` as well. */
function stylesheet() {
  return {
    name: 'visavis:stylesheet',
    generateBundle(this: { emitFile: (file: { type: 'asset'; fileName: string; source: string }) => unknown }): void {
      for (const name of ['styles.css', 'avatar.css']) {
        this.emitFile({ type: 'asset', fileName: name, source: minifyStyle(`src/react/${name}`) });
        this.emitFile({ type: 'asset', fileName: `${name}.d.ts`, source: 'export {};\n' });
      }
    },
  };
}

/** Declarations have no maps, since the package does not hold the sources that these would lead to; yet each would name one. */
function withoutLostMaps() {
  return {
    name: 'visavis:without-lost-maps',
    generateBundle(_: unknown, files: Record<string, { readonly type: string; code?: string }>): void {
      for (const [name, file] of Object.entries(files)) {
        if (name.endsWith('.d.ts') && file.code !== undefined) file.code = file.code.replace(/\/\/# sourceMappingURL=.*\s*$/, '');
      }
    },
  };
}
