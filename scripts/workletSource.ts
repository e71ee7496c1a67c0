import { dirname, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import type { Plugin } from 'vite';

const QUERY = '?worklet';

export interface WorkletSourceOptions {
  /** Worklets that are also written to the output as files: name there -> source file. */
  readonly emit?: Readonly<Record<string, string>>;
}

/**
 * `import source from './mic-capture.ts?worklet'` gives the worklet, bundled with everything it imports, as one string.
 *
 * A worklet must need no setup in the application's bundler, so visavis ships its code as text and loads it from a Blob URL.
 * Runs in tsdown, Vitest and Storybook alike.
 */
export function workletSource({ emit = {} }: WorkletSourceOptions = {}): Plugin {
  /** Module id of a worklet -> every file it is bundled from. */
  const bundledFrom = new Map<string, readonly string[]>();

  return {
    name: 'visavis:worklet-source',
    enforce: 'pre',

    resolveId(source, importer) {
      if (!source.endsWith(QUERY)) return null;
      return importer ? resolve(dirname(importer), source) : resolve(source);
    },

    async load(id) {
      if (!id.endsWith(QUERY)) return null;
      const { code, files } = await bundleWorklet(id.slice(0, -QUERY.length));
      bundledFrom.set(id, files);
      for (const file of files) this.addWatchFile(file);
      return { code: `export default ${JSON.stringify(code)};`, moduleType: 'js' };
    },

    async generateBundle() {
      for (const [fileName, file] of Object.entries(emit)) {
        this.emitFile({ type: 'asset', fileName, source: (await bundleWorklet(resolve(file))).code });
      }
    },

    // Vite knows nothing of the files behind the string, so a change in one of them is passed on by hand.
    hotUpdate({ file, modules }) {
      const stale = [...bundledFrom]
        .filter(([, files]) => files.includes(file))
        .flatMap(([id]) => this.environment.moduleGraph.getModuleById(id) ?? []);
      return stale.length > 0 ? [...modules, ...stale] : undefined;
    },
  };
}

/** Bundles one worklet into a script that stands alone: without an import or an export left in it. */
async function bundleWorklet(file: string): Promise<{ readonly code: string; readonly files: readonly string[] }> {
  const bundle = await rolldown({
    input: file,
    platform: 'browser',
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    transform: { target: 'es2022' },
  });
  try {
    const { output } = await bundle.generate({ format: 'es', minify: true, codeSplitting: false });
    const [chunk] = output;
    if (chunk.imports.length + chunk.dynamicImports.length + chunk.exports.length > 0) {
      throw new Error(`The worklet ${file} has to stand alone: it may neither export anything nor import a package.`);
    }
    return { code: chunk.code, files: chunk.moduleIds };
  } finally {
    await bundle.close();
  }
}
