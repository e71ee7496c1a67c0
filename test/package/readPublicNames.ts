import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';

const ENTRIES = ['index', 'client', 'agora', 'query', 'labels', 'server', 'emulator', 'testing'];

/**
 * Reads what the entries export, with its types.
 *
 * @returns whether a name is there: an export, or `Export.member`, where a member may be a property, a method, an event of a map of
 * events or one text of a type that lists texts.
 */
export function readPublicNames(): (name: string) => boolean {
  const config = ts.parseJsonConfigFileContent(JSON.parse(readFileSync('tsconfig.json', 'utf8')), ts.sys, resolve('.'));
  const program = ts.createProgram(ENTRIES.map((entry) => resolve(`src/${entry}.ts`)), { ...config.options, noEmit: true });
  const checker = program.getTypeChecker();
  const exported = new Map<string, ts.Symbol>();
  for (const entry of ENTRIES) {
    const file = program.getSourceFile(resolve(`src/${entry}.ts`));
    const module = file && checker.getSymbolAtLocation(file);
    if (!module) throw new Error(`src/${entry}.ts exports nothing.`);
    for (const symbol of checker.getExportsOfModule(module)) {
      exported.set(symbol.name, symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol);
    }
  }

  function memberOf(type: ts.Type, name: string): ts.Type | null {
    const member = checker.getPropertyOfType(checker.getNonNullableType(type), name);
    if (member) return checker.getTypeOfSymbol(member);
    const texts = type.isUnion() ? type.types : [type];
    return texts.find((text) => text.isStringLiteral() && text.value === name) ?? null;
  }

  return (path) => {
    const [root = '', ...members] = path.split('.');
    const symbol = exported.get(root);
    if (!symbol) return false;
    let type: ts.Type | null = checker.getDeclaredTypeOfSymbol(symbol);
    for (const member of members) type = type && memberOf(type, member);
    return type !== null;
  };
}
