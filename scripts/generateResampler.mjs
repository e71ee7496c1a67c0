// Compiles src/dsp/wasm/resampler.as and writes it, in base64, to the file given or the one in src.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = join(import.meta.dirname, '..');

/** @param {string} file */
async function generateResampler(file) {
  const source = await readFile(join(root, 'src', 'dsp', 'wasm', 'resampler.as'), 'utf8');
  /** @type {Uint8Array | undefined} */
  let binary;
  const { error, stderr } = await asc.main(
    ['resampler.ts', '--outFile', 'resampler.wasm', '--enable', 'simd', '--optimizeLevel', '3', '--shrinkLevel', '2', '--runtime', 'stub', '--noAssert', '--initialMemory', '1'],
    {
      // The compiler knows only files in .ts, which TypeScript's own compiler and the linter would take for theirs.
      readFile: (name) => (name === 'resampler.ts' ? source : null),
      writeFile: (_name, contents) => {
        if (typeof contents !== 'string') binary = contents;
      },
    },
  );
  if (error || !binary) throw new Error(`resampler.as does not compile.\n${stderr.toString()}`, { cause: error });
  const base64 = Buffer.from(binary).toString('base64');
  const lines = base64.match(/.{1,120}/g) ?? [];
  await writeFile(
    file,
    `// Generated from resampler.as by npm run generate. Do not edit.

/** The WebAssembly module, in base64. */
export const RESAMPLER_WASM =
${lines.map((line) => `  '${line}'`).join(' +\n')};
`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await generateResampler(process.argv[2] ?? join(root, 'src', 'dsp', 'wasm', 'resamplerWasm.ts'));
}
