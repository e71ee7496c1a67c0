/** @import { ApiEntry, ApiExport } from './readApi.mjs' */

/** In the order of a page. */
const HEADINGS = /** @type {const} */ ([
  ['component', 'Components'],
  ['hook', 'Hooks'],
  ['function', 'Functions'],
  ['class', 'Classes'],
  ['constant', 'Constants'],
  ['type', 'Types'],
]);

const TAGS = /** @type {const} */ ([
  ['param', 'Parameters'],
  ['returns', 'Returns'],
  ['throws', 'Throws'],
  ['see', 'See'],
]);

/**
 * The reference as Markdown: one page for each entry, and one that lists everything. What several entries export is described once.
 * @param {readonly ApiEntry[]} entries
 * @returns {{ file: string, text: string }[]}
 */
export function renderApi(entries) {
  /** @type {Map<string, string>} */
  const homes = new Map();
  for (const { page, exports } of entries) for (const { name } of exports) if (!homes.has(name)) homes.set(name, page);

  const pages = entries.map((entry) => ({ file: `${entry.page}.md`, text: renderEntry(entry, homes) }));
  const rows = entries.map(({ specifier, page, exports }) => {
    const links = exports.map(({ name }) => `[${name}](${homes.get(name)}.md#${name.toLowerCase()})`);
    return `## [${specifier}](${page}.md)\n\n${links.join(' · ')}\n`;
  });
  const index = ['# API reference\n', 'Generated from the TSDoc of the sources by `npm run generate`. Guides are one folder up.\n', ...rows].join('\n');
  return [{ file: 'README.md', text: index }, ...pages];
}

/**
 * @param {ApiEntry} entry
 * @param {ReadonlyMap<string, string>} homes
 */
function renderEntry({ specifier, page, exports }, homes) {
  const link = linker(page, homes);
  const isHere = (/** @type {ApiExport} */ { name }) => homes.get(name) === page;
  const sections = HEADINGS.flatMap(([kind, heading]) => {
    const own = exports.filter((each) => each.kind === kind && isHere(each));
    return own.length === 0 ? [] : [`## ${heading}\n`, ...own.map((each) => renderExport(each, link))];
  });
  const elsewhere = exports.filter((each) => !isHere(each)).map(({ name }) => link(name));
  if (elsewhere.length > 0) sections.push(`## Also exported\n\n${elsewhere.join(' · ')}\n`);
  return [`# ${specifier}\n`, '[All entries](README.md)\n', ...sections].join('\n');
}

/**
 * @param {ApiExport} exported
 * @param {(name: string) => string} link
 */
function renderExport({ name, code, text, tags, members }, link) {
  const prose = (/** @type {string} */ words) => words.replace(/\{@link\s+([\w.]+)\s*\}/g, (_, target) => link(target)).trim();
  const parts = [`### ${name}\n`, prose(text) || roleOf(name, link), `\n\`\`\`ts\n${code}\n\`\`\``];
  if (members.length > 0) {
    const rows = members.map((member) => `| ${[`\`${cell(member.name)}\``, `\`${cell(member.type)}\``, cell(prose(member.text))].join(' | ')} |`);
    parts.push(['\n| member | type | |', '|---|---|---|', ...rows].join('\n'));
  }
  for (const [tagName, heading] of TAGS) {
    const texts = tags.filter((tag) => tag.name === tagName && tag.text.trim() !== '').map((tag) => prose(tag.text).replace(/\s*\n\s*/g, ' '));
    if (texts.length > 0) parts.push(`\n**${heading}**\n\n${texts.map((each) => `- ${each}`).join('\n')}`);
  }
  for (const example of tags.filter((tag) => tag.name === 'example')) parts.push(`\n${example.text.trim()}`);
  return `${parts.filter((part) => part !== '').join('\n')}\n`;
}

/**
 * What a type is for that says nothing of itself, by the name that such types have.
 * @param {string} name
 * @param {(name: string) => string} link
 */
function roleOf(name, link) {
  const [, owner = '', role] = /^(\w+?)(Props|Options|Result)$/.exec(name) ?? [];
  const target = link(owner.replace(/^Use/, 'use'));
  const functionLink = link(`${owner.charAt(0).toLowerCase()}${owner.slice(1)}`);
  if (role === 'Props') return `Properties of ${target}.`;
  if (role === 'Result') return `What ${target} returns.`;
  if (role === 'Options') return `Options of ${[target, functionLink, link(`create${owner}`)].find((each) => each.startsWith('[')) ?? target}.`;
  return '';
}

/**
 * @param {string} page
 * @param {ReadonlyMap<string, string>} homes
 * @returns {(name: string) => string} a link where the name has a home, code elsewhere
 */
function linker(page, homes) {
  return (name) => {
    const home = homes.get(name);
    if (home === undefined) return `\`${name}\``;
    return `[\`${name}\`](${home === page ? '' : `${home}.md`}#${name.toLowerCase()})`;
  };
}

/** @param {string} text */
function cell(text) {
  return text.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
}
