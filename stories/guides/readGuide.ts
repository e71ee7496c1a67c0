/** The guides as they are in docs/, by path below it; pictures by the address under which they are served. */
const texts = import.meta.glob<string>(['../../docs/*.md', '../../docs/migration/*.md', '../../docs/api/*.md'], { query: '?raw', import: 'default', eager: true });
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
  return text
    .replace(/!\[([^\]]*)\]\((?:\.\.\/)?images\/([^)]+)\)/g, (_whole, alternative: string, file: string) => `![${alternative}](${pictures[`../../docs/images/${file}`] ?? ''})`)
    .replace(/(?<!!)\[([^\]]+)\]\((?!https?:|#)([^)]+)\)/g, (_whole, words: string, target: string) => linkOf(words, target, name));
}

function linkOf(words: string, target: string, from: string): string {
  const { pathname, hash } = new URL(target, `file:///${from}.md`);
  const story = /^\/stories\/(\w+)\/(\w+)\.stories\.tsx$/.exec(pathname);
  if (story && hash) return `[${words}](?path=/story/${idOf(`${story[1]}-${story[2]}`)}--${idOf(hash.slice(1))})`;
  const name = pathname.slice(1).replace(/\.md$/, '');
  return `../../docs/${name}.md` in texts ? `[${words}](?path=/docs/${pageOf(name)}--docs${hash})` : words;
}

/** As Storybook makes it of the name of an export. */
function idOf(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}

/** Storybook makes the id of a page of the title that it has in stories/guides. */
function pageOf(name: string): string {
  if (name === 'api/README') return 'api-reference-contents';
  return name.startsWith('api/') ? name.replace('api/', 'api-reference-') : `guides-${name.replaceAll('/', '-')}`;
}
