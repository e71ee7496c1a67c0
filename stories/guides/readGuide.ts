/** The guides as they are in docs/, by path below it; pictures by the address under which they are served. */
const texts = import.meta.glob<string>(['../../docs/*.md', '../../docs/migration/*.md'], { query: '?raw', import: 'default', eager: true });
const pictures = import.meta.glob<string>('../../docs/images/*', { query: '?url', import: 'default', eager: true });

/**
 * A guide for this Storybook: its links lead to the pages here, and what has no page here keeps its words alone.
 *
 * @param name path below docs/ without its ending, such as `turn-taking`
 * @throws Error when there is no such guide
 */
export function readGuide(name: string): string {
  const text = texts[`../../docs/${name}.md`];
  if (text === undefined) throw new Error(`docs/${name}.md does not exist. Rename the page in stories/guides, or remove it.`);
  const folder = name.includes('/') ? '../' : '';
  return text
    .replace(/!\[([^\]]*)\]\((?:\.\.\/)?images\/([^)]+)\)/g, (_whole, alternative: string, file: string) => `![${alternative}](${pictures[`../../docs/images/${file}`] ?? ''})`)
    .replace(/(?<!!)\[([^\]]+)\]\((?!https?:|#)([^)]+)\)/g, (_whole, words: string, target: string) => linkOf(words, target, folder));
}

function linkOf(words: string, target: string, folder: string): string {
  const [path = '', fragment] = target.split('#');
  const name = path.replace(/^\.\//, '').replace(folder, '').replace(/\.md$/, '');
  if (!(`../../docs/${name}.md` in texts)) return words;
  return `[${words}](?path=/docs/guides-${name.replaceAll('/', '-')}--docs${fragment === undefined ? '' : `#${fragment}`})`;
}
