import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * @typedef {object} ApiEntry
 * @property {string} specifier what an application imports, such as `visavis/client`
 * @property {string} page name of its page, without the ending
 * @property {readonly ApiExport[]} exports by name
 *
 * @typedef {object} ApiExport
 * @property {string} name
 * @property {'component' | 'hook' | 'function' | 'class' | 'constant' | 'type'} kind
 * @property {string} code its declaration without a body
 * @property {string} text TSDoc before the first tag
 * @property {readonly ApiTag[]} tags
 * @property {readonly ApiMember[]} members of an interface or a class
 *
 * @typedef {object} ApiTag
 * @property {string} name such as `param`, `returns`, `throws`, `example`
 * @property {string} text
 *
 * @typedef {object} ApiMember
 * @property {string} name with a question mark when it may be left out
 * @property {string} type in one line
 * @property {string} text
 */

/** @returns {{ specifier: string, page: string, source: string }[]} what package.json offers, with the source behind it */
export function readEntries() {
  const { name, exports } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));
  return Object.entries(exports).flatMap(([key, target]) => {
    const file = /^\.\/dist\/(\w+)\.js$/.exec(target.default ?? '')?.[1];
    return file === undefined ? [] : [{ specifier: key.replace('.', name), page: key === '.' ? name : file, source: `${ROOT}src/${file}.ts` }];
  });
}

/**
 * Reads what the entries export, with what their TSDoc says.
 * @returns {ApiEntry[]}
 */
export function readApi() {
  const config = ts.parseJsonConfigFileContent(JSON.parse(readFileSync(`${ROOT}tsconfig.json`, 'utf8')), ts.sys, ROOT);
  const entries = readEntries();
  const program = ts.createProgram(entries.map(({ source }) => source), { ...config.options, noEmit: true });
  const checker = program.getTypeChecker();
  return entries.map(({ specifier, page, source }) => {
    const file = program.getSourceFile(source);
    const module = file && checker.getSymbolAtLocation(file);
    if (!module) throw new Error(`${source} exports nothing.`);
    const exports = checker.getExportsOfModule(module).map((symbol) => readExport(checker, symbol));
    return { specifier, page, exports: exports.sort((a, b) => (a.name < b.name ? -1 : 1)) };
  });
}

/**
 * @param {ts.TypeChecker} checker
 * @param {ts.Symbol} exported
 * @returns {ApiExport}
 */
function readExport(checker, exported) {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const node = symbol.declarations?.[0];
  if (!node) throw new Error(`${exported.name} is declared nowhere.`);
  const kind = kindOf(exported.name, node);
  const members = ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node) ? node.members.flatMap(readMember) : [];
  return { name: exported.name, kind, code: codeOf(checker, node, symbol), ...readDoc(node), members };
}

/**
 * @param {string} name
 * @param {ts.Node} node
 * @returns {ApiExport['kind']}
 */
function kindOf(name, node) {
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return 'type';
  if (ts.isClassDeclaration(node)) return 'class';
  if (/^use[A-Z]/.test(name)) return 'hook';
  if (node.getSourceFile().fileName.endsWith('.tsx') && /^[A-Z]/.test(name)) return 'component';
  const isFunction = ts.isFunctionDeclaration(node) || (ts.isVariableDeclaration(node) && node.initializer && ts.isArrowFunction(node.initializer));
  return isFunction ? 'function' : 'constant';
}

/**
 * @param {ts.TypeChecker} checker
 * @param {ts.Declaration} node
 * @param {ts.Symbol} symbol
 * @returns {string}
 */
function codeOf(checker, node, symbol) {
  if (ts.isFunctionDeclaration(node)) {
    // Where a function is declared several times, the last one is what implements the others.
    const overloads = (symbol.declarations ?? []).filter((each) => ts.isFunctionDeclaration(each));
    return (overloads.length > 1 ? overloads.slice(0, -1) : overloads).map(headOf).join('\n');
  }
  if (ts.isVariableDeclaration(node)) {
    const forwarded = node.initializer && ts.isCallExpression(node.initializer) ? node.initializer.typeArguments : undefined;
    const [element, props] = forwarded ?? [];
    if (element && props) return `function ${symbol.name}(props: ${oneLine(props)} & RefAttributes<${oneLine(element)}>): ReactElement`;
    const type = checker.typeToString(checker.getTypeOfSymbol(symbol), undefined, ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope);
    return `const ${symbol.name}: ${node.type ? oneLine(node.type) : type}`;
  }
  if (ts.isTypeAliasDeclaration(node)) {
    const type = checker.getDeclaredTypeOfSymbol(symbol);
    // What a `keyof` stands for is told. The compiler's own order of it is not the same from run to run.
    const texts = ts.isTypeOperatorNode(node.type) && type.isUnion() ? type.types.flatMap((each) => (each.isStringLiteral() ? [`  | '${each.value}'`] : [])) : [];
    return texts.length > 0 ? `type ${symbol.name} =\n${texts.sort().join('\n')};` : node.getText().replace(/^export /, '');
  }
  const heritage = (ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node) ? node.heritageClauses ?? [] : []).map(oneLine).join(' ');
  const parameters = ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node) ? node.typeParameters?.map(oneLine).join(', ') : undefined;
  return `${ts.isClassDeclaration(node) ? 'class' : 'interface'} ${symbol.name}${parameters ? `<${parameters}>` : ''}${heritage ? ` ${heritage}` : ''}`;
}

/** @param {ts.FunctionDeclaration} node */
function headOf(node) {
  const text = node.getSourceFile().text.slice(node.getStart(), node.body?.getStart() ?? node.getEnd());
  return text.replace(/^export (default )?(async )?/, '').trim();
}

/**
 * @param {ts.ClassElement | ts.TypeElement} member
 * @returns {ApiMember[]}
 */
function readMember(member) {
  const { text } = readDoc(member);
  if (ts.isCallSignatureDeclaration(member)) return [{ name: 'call', type: oneLine(member), text }];
  // What a computed name stands for concerns copies of the package alone.
  if (ts.isConstructorDeclaration(member) || !member.name || ts.isComputedPropertyName(member.name)) return [];
  const flags = ts.getCombinedModifierFlags(member);
  // What a class does for its base class is the business of the two.
  if (flags & ts.ModifierFlags.Override) return [];
  const name = `${flags & ts.ModifierFlags.Static ? 'static ' : ''}${member.name.getText()}${'questionToken' in member && member.questionToken ? '?' : ''}`;
  if (ts.isMethodSignature(member)) return [{ name, type: oneLine(member).slice(name.length), text }];
  if (ts.isMethodDeclaration(member)) return [{ name, type: withoutComments(member.getSourceFile().text.slice(member.name.getEnd(), member.body?.getStart())), text }];
  if (ts.isPropertySignature(member) || ts.isPropertyDeclaration(member)) {
    const value = ts.isPropertyDeclaration(member) ? member.initializer : undefined;
    return [{ name, type: member.type ? oneLine(member.type) : value ? oneLine(value) : 'unknown', text }];
  }
  return [{ name, type: oneLine(member), text }];
}

/**
 * @param {ts.Node} node
 * @returns {{ text: string, tags: ApiTag[] }}
 */
function readDoc(node) {
  const text = ts.getJSDocCommentsAndTags(node).flatMap((doc) => (ts.isJSDoc(doc) ? [ts.getTextOfJSDocComment(doc.comment) ?? ''] : [])).join('\n');
  const tags = ts.getJSDocTags(node).map((tag) => {
    const comment = ts.getTextOfJSDocComment(tag.comment) ?? '';
    const subject = ts.isJSDocParameterTag(tag) ? `\`${tag.name.getText()}\`: ` : '';
    return { name: tag.tagName.text, text: subject + comment.replace(/^- /, '') };
  });
  return { text, tags };
}

/** @param {ts.Node} node */
function oneLine(node) {
  return withoutComments(node.getText());
}

/** @param {string} code */
function withoutComments(code) {
  return code.replace(/\/\*.*?\*\/|\/\/.*$/gms, '').replace(/;?\s*$/, '').replace(/\s+/g, ' ').replace(/([([<]) | ([)\]>])(?=[^=])/g, '$1$2').trim();
}
