import { bundle } from 'lightningcss';
import { defineConfig } from 'tsdown';
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

export default defineConfig({
  // One build for all entries, so that they share chunks: one AvatarError, one store.
  entry: {
    ...Object.fromEntries(['index', 'client', 'agora', 'query', 'labels', 'server', 'emulator', 'testing', 'cli'].map((name) => [name, `src/${name}.ts`])),
    ...Object.fromEntries(Object.entries(LANGUAGES).map(([tag, name]) => [`labels/${tag}`, `src/react/labels/languages/${name}.ts`])),
  },
  format: 'esm',
  target: 'es2022',
  platform: 'neutral',
  fixedExtension: false,
  dts: true,
  sourcemap: true,
  // Dependencies and peers stay imports; anything else that came along from node_modules would be a mistake.
  deps: { neverBundle: [/^node:/], onlyBundle: [] },
  plugins: [
    workletSource({
      emit: Object.fromEntries(['mic-capture', 'pcm-playback', 'turn-detector', 'voice-socket'].map((name) => [`worklets/${name}.js`, `worklets/${name}.ts`])),
    }),
    stylesheet(),
  ],
  outputOptions: { chunkFileNames: 'chunks/[name]-[hash].js' },
});

/** The stylesheet in one file, and a declaration beside it: TypeScript 6 checks `import 'visavis/styles.css'` as well. */
function stylesheet() {
  return {
    name: 'visavis:stylesheet',
    generateBundle(this: { emitFile: (file: { type: 'asset'; fileName: string; source: string }) => unknown }): void {
      this.emitFile({ type: 'asset', fileName: 'styles.css', source: new TextDecoder().decode(bundle({ filename: 'src/react/styles.css', minify: true }).code) });
      this.emitFile({ type: 'asset', fileName: 'styles.css.d.ts', source: 'export {};\n' });
    },
  };
}
