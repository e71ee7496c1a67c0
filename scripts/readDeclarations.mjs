import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { readEntries } from './readApi.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Never written: declarations are held in memory, at a place from which packages are found. */
const OUT = resolve(ROOT, '.declarations');

/**
 * Everything that the entries declare, as a compiler of an application sees it: without bodies, and with the types that the compiler has
 * inferred. It is made from the sources, so that it is the same however the build arranges its files.
 * @returns {{ checker: ts.TypeChecker, entries: { specifier: string, page: string, exports: readonly ts.Symbol[] }[], isOurs: (node: ts.Node) => boolean }}
 */
export function readDeclarations() {
  const config = ts.parseJsonConfigFileContent(JSON.parse(readFileSync(resolve(ROOT, 'tsconfig.json'), 'utf8')), ts.sys, ROOT);
  const entries = readEntries();
  /** @type {Map<string, string>} */
  const declared = new Map();
  const ambient = config.fileNames.filter((file) => file.startsWith(resolve(ROOT, 'src')) && file.endsWith('.d.ts'));
  const sources = ts.createProgram([...entries.map(({ source }) => source), ...ambient], { ...config.options, noEmit: false, declaration: true, emitDeclarationOnly: true, removeComments: true, rootDir: ROOT, outDir: OUT });
  sources.emit(undefined, (file, text) => declared.set(resolve(file), text), undefined, true);

  const host = ts.createCompilerHost(config.options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => declared.has(resolve(file)) || fileExists(file);
  host.readFile = (file) => declared.get(resolve(file)) ?? readFile(file);
  host.getSourceFile = (file, options, ...rest) => {
    const text = declared.get(resolve(file));
    return text === undefined ? getSourceFile(file, options, ...rest) : ts.createSourceFile(file, text, options, true);
  };
  // It would say of every folder that is only in memory that it is not there.
  delete host.directoryExists;
  const fileOf = (/** @type {string} */ source) => resolve(source).replace(resolve(ROOT), OUT).replace(/\.ts$/, '.d.ts');
  const program = ts.createProgram(entries.map(({ source }) => fileOf(source)), { ...config.options, noEmit: true }, host);
  const checker = program.getTypeChecker();
  return {
    checker,
    entries: entries.map(({ specifier, page, source }) => {
      const file = program.getSourceFile(fileOf(source));
      const module = file && checker.getSymbolAtLocation(file);
      if (!module) throw new Error(`${source} declares nothing.`);
      return { specifier, page, exports: checker.getExportsOfModule(module) };
    }),
    isOurs: (node) => declared.has(resolve(node.getSourceFile().fileName)),
  };
}
