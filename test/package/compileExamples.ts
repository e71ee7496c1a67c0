import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { type ApiEntry, readEntries } from '../../scripts/readApi.mjs';
import { EXAMPLE_WORLD } from './exampleWorld.js';

const WORLD = resolve('test/package/exampleWorld.d.ts');
/** What examples use of others. */
const ELSEWHERE: readonly (readonly [name: string, specifier: string])[] = [
  ['useRef', 'react'],
  ['useState', 'react'],
  ['useQuery', '@tanstack/react-query'],
  ['keepPreviousData', '@tanstack/react-query'],
  ['createServer', 'node:http'],
];

/**
 * Compiles the `@example`s of a reference against the sources. What it does not import of the public names is imported for it. It
 * is a part of a function, so that it may await and return, unless it exports something.
 *
 * @returns one line for each error, with the name of the export that shows the example
 */
export function compileExamples(entries: readonly ApiEntry[]): string[] {
  const specifiers = new Map(ELSEWHERE);
  for (const { specifier, exports } of entries) for (const { name } of exports) if (!specifiers.has(name)) specifiers.set(name, specifier);

  const files = new Map([[WORLD, EXAMPLE_WORLD]]);
  for (const { exports } of entries) {
    for (const { name, tags } of exports) {
      tags.filter((tag) => tag.name === 'example').forEach(({ text }, index) => {
        const code = /^```tsx?\n(.*)^```$/ms.exec(text.trim())?.[1] ?? text;
        // Several entries export some of the names.
        files.set(resolve(`test/package/example-${name}${index}.tsx`), moduleOf(code, specifiers));
      });
    }
  }

  const config = ts.parseJsonConfigFileContent(JSON.parse(readFileSync('tsconfig.json', 'utf8')), ts.sys, resolve('.'));
  const paths = Object.fromEntries(readEntries().map(({ specifier, source }) => [specifier, [source]]));
  const options: ts.CompilerOptions = { ...config.options, noEmit: true, noUnusedLocals: false, noUnusedParameters: false, verbatimModuleSyntax: false, paths };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (name, ...rest) => {
    const code = files.get(resolve(name));
    return code === undefined ? getSourceFile(name, ...rest) : ts.createSourceFile(name, code, ts.ScriptTarget.ES2022);
  };
  host.fileExists = (name) => files.has(resolve(name)) || fileExists(name);
  host.readFile = (name) => files.get(resolve(name)) ?? readFile(name);
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].flatMap((file) => {
    const source = program.getSourceFile(file);
    const errors = source ? [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)] : [];
    return errors.map(({ messageText }) => `${/example-(\w+?)\d+\.tsx$/.exec(file)?.[1] ?? file}: ${ts.flattenDiagnosticMessageText(messageText, ' ').slice(0, 300)}`);
  });
}

function moduleOf(code: string, specifiers: ReadonlyMap<string, string>): string {
  const imports = code.match(/^import .*;$/gm) ?? [];
  const body = code.replace(/^import .*;$/gm, '');
  const declared = new Set([...code.matchAll(/\b(?:const|let|function|class|import)\s+([^=(;]+?)(?= of | from |[=(;])/g)].flatMap(([, names = '']) => names.match(/\w+/g) ?? []));
  const used = new Set(body.match(/\b[A-Za-z_]\w*\b/g));
  const missing = [...specifiers].filter(([name]) => used.has(name) && !declared.has(name));
  return [
    ...imports,
    ...missing.map(([name, specifier]) => `import { ${name} } from '${specifier}';`),
    ...(/^export /m.test(body) ? [body] : ['export async function example() {', body.startsWith('{') ? `<>${body}</>` : body, '}']),
  ].join('\n');
}
