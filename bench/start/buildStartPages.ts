import { resolve } from 'node:path';
import { build } from 'vite';

/** Builds the page of the README and the bare one beside it for production, against the built package. @returns the folder. */
export async function buildStartPages(): Promise<string> {
  const root = resolve('bench/start/app');
  const outDir = resolve('test-results/start-app');
  const dist = (file: string) => resolve('dist', file);
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      chunkSizeWarningLimit: 4000,
      rollupOptions: { input: ['index.html', 'floor.html'].map((file) => resolve(root, file)) },
    },
    resolve: {
      alias: [
        { find: /^visavis$/, replacement: dist('index.js') },
        { find: /^visavis\/styles\.css$/, replacement: dist('styles.css') },
      ],
    },
  });
  return outDir;
}
