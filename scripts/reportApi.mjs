import ts from 'typescript';
import { readDeclarations } from './readDeclarations.mjs';

/**
 * What an application can depend on, entry by entry and without a word of prose: a change of it shows in review as a change of these
 * texts. What several entries export is told by the first. Types that are exported nowhere but stand in a declaration that is are told
 * where they are first met, since a change of theirs breaks just as much.
 * @returns {{ file: string, text: string }[]}
 */
export function reportApi() {
  const { checker, entries, isOurs } = readDeclarations();
  const original = (/** @type {ts.Symbol} */ symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol);
  /** @type {Map<ts.Symbol, string>} */
  const homes = new Map();
  for (const { specifier, exports } of entries) for (const symbol of exports.map(original)) if (!homes.has(symbol)) homes.set(symbol, specifier);

  return entries.map(({ specifier, page, exports }) => {
    /** @type {Map<string, string>} */
    const told = new Map();
    /** @type {Map<string, string>} */
    const hidden = new Map();
    /** @type {string[]} */
    const elsewhere = [];
    const pending = exports.flatMap((symbol) => {
      const home = homes.get(original(symbol));
      if (home === specifier) return [{ symbol: original(symbol), name: symbol.name, into: told }];
      elsewhere.push(`${symbol.name} from ${home}`);
      return [];
    });
    for (let next = pending.shift(); next; next = pending.shift()) {
      const { symbol, name, into } = next;
      const declarations = (symbol.declarations ?? []).map(statementOf).filter(isOurs);
      into.set(name, declarations.map(print).join('\n'));
      for (const each of declarations.flatMap((node) => mentioned(checker, node)).map(original)) {
        if (homes.has(each) || !each.declarations?.some((node) => isOurs(node) && isTopLevel(node))) continue;
        homes.set(each, specifier);
        pending.push({ symbol: each, name: each.name, into: hidden });
      }
    }
    return { file: `${page}.api.md`, text: render(specifier, told, hidden, elsewhere) };
  });
}

/**
 * @param {string} specifier
 * @param {ReadonlyMap<string, string>} told
 * @param {ReadonlyMap<string, string>} hidden
 * @param {readonly string[]} elsewhere
 */
function render(specifier, told, hidden, elsewhere) {
  const block = (/** @type {ReadonlyMap<string, string>} */ codes) => ['```ts', [...codes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, code]) => code).join('\n\n'), '```', ''];
  return [
    `# API report: ${specifier}`,
    '',
    'Written by `npm run generate`; to be read in review. What it all does is told in [the API reference](../api/README.md).',
    '',
    ...block(told),
    ...(hidden.size > 0 ? ['## Not exported, but part of the above', '', ...block(hidden)] : []),
    ...(elsewhere.length > 0 ? ['## Also exported', '', ...[...elsewhere].sort().map((each) => `- ${each}`), ''] : []),
  ].join('\n');
}

const printer = ts.createPrinter({ removeComments: true });

/** @param {ts.Node} node */
function print(node) {
  return printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile()).replace(/^(export )?(default )?(declare )?/, '').replace(/^ {4,}/gm, (blanks) => ' '.repeat(blanks.length / 2));
}

/**
 * A variable is declared inside a list inside a statement.
 * @param {ts.Declaration} node
 * @returns {ts.Node}
 */
function statementOf(node) {
  return ts.isVariableDeclaration(node) ? node.parent.parent : node;
}

/** @param {ts.Declaration} node */
function isTopLevel(node) {
  return ts.isSourceFile(statementOf(node).parent);
}

/**
 * @param {ts.TypeChecker} checker
 * @param {ts.Node} node
 * @returns {ts.Symbol[]}
 */
function mentioned(checker, node) {
  /** @type {ts.Symbol[]} */
  const symbols = [];
  const visit = (/** @type {ts.Node} */ part) => {
    const symbol = ts.isIdentifier(part) ? checker.getSymbolAtLocation(part) : undefined;
    if (symbol) symbols.push(symbol);
    ts.forEachChild(part, visit);
  };
  visit(node);
  return symbols;
}
