import { dirname, posix } from 'node:path';
import type { Plugin } from 'rolldown';

const IMPORT = /^import \{ (?<names>[^}]*) \} from "(?<from>\.[^"]*)";$/gm;
const EXPORT = /^export \{ (?<names>[^}]*) \};$/m;

/**
 * Lets each module that an entry names be reached through a file of its own: entry -> door -> module.
 *
 * esbuild takes whatever an entry names for needed at once as soon as any `import()` needs it, though the application does not: it follows
 * the imports of each file that is in use, and the entry is. A door that nobody uses is not in use, so what lies behind it stays lazy. It has
 * to be a constant: a re-export is looked through. And `export *`, with which all would be well, is refused by Next.js in client code.
 *
 * @param entries names of the entries, such as `client`
 */
export function entryDoors(entries: readonly string[]): Plugin {
  return {
    name: 'visavis:entry-doors',
    generateBundle(_, bundle) {
      for (const entry of entries) {
        const fileName = `${entry}.js`;
        const chunk = bundle[fileName];
        if (chunk?.type !== 'chunk') throw new Error(`The build has no entry ${fileName}.`);
        let count = 0;
        const exported = namesOf(EXPORT.exec(chunk.code)?.groups?.names);
        const lines = [...chunk.code.matchAll(IMPORT)].flatMap(({ groups: { names, from = '' } = {} }) => {
          const passed = namesOf(names).filter(({ local }) => exported.some((name) => name.imported === local));
          if (passed.length === 0) return [];
          const door = posix.join('doors', from);
          const target = posix.join(posix.relative(dirname(door), '.'), from);
          const taken = passed.map(({ imported }) => `${imported} as ${imported}$1`).join(', ');
          const given = passed.map(({ imported }) => `export const ${imported} = ${imported}$1;\n`).join('');
          this.emitFile({ type: 'asset', fileName: door, source: `import { ${taken} } from "${target}";\n${given}` });
          count += passed.length;
          const shown = passed.map(({ imported, local }) => written(imported, exported.find((name) => name.imported === local)?.local ?? local));
          return [`export { ${shown.join(', ')} } from "./${door}";`];
        });
        if (count !== exported.length) throw new Error(`The entry ${fileName} exports ${exported.length} names, of which ${count} pass through a door.`);
        const [directive = ''] = /^"use client";\n/.exec(chunk.code) ?? [];
        chunk.code = `${directive}${lines.join('\n')}\n`;
      }
    },
  };
}

interface Name {
  readonly imported: string;
  readonly local: string;
}

/** `a, b as c` */
function namesOf(list = ''): readonly Name[] {
  return list.split(', ').filter(Boolean).map((name) => {
    const [imported = '', local = imported] = name.split(' as ');
    return { imported, local };
  });
}

function written(imported: string, name: string): string {
  return imported === name ? imported : `${imported} as ${name}`;
}
