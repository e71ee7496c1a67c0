/** A row of docs/parity.md. */
export interface ParityRow {
  readonly section: string;
  readonly theirs: string;
  readonly status: string;
  readonly here: string;
  /** What stands in backticks in `here`: an export, or a member of one. */
  readonly names: readonly string[];
  /** Files under test/. */
  readonly proof: readonly string[];
}

const HEADING = /^#+ (.+)$/;
/** Rows of the page's four columns; the legend has two. */
const HEAD = /^\| (theirs|trap) \| status \| here \| proof \|$/;
const NO_PROOF = '–';

/**
 * Reads the tables of the page.
 *
 * @throws Error quoting a row that does not have four cells, or whose proof is not a list of files.
 */
export function readParity(page: string): ParityRow[] {
  const rows: ParityRow[] = [];
  let section = '';
  let inTable = false;
  for (const line of page.split('\n')) {
    section = HEADING.exec(line)?.[1] ?? section;
    if (HEAD.test(line)) inTable = true;
    else if (!line.startsWith('|')) inTable = false;
    else if (inTable && !line.startsWith('|---')) rows.push(readRow(section, line));
  }
  return rows;
}

function readRow(section: string, line: string): ParityRow {
  const cells = /^\| (.*) \|$/.exec(line)?.[1]?.split(' | ') ?? [];
  const [theirs = '', status = '', here = '', proof = ''] = cells;
  if (cells.length !== 4 || !isProof(proof)) throw new Error(`This row is none: ${line}`);
  return { section, theirs, status, here, names: quoted(here), proof: quoted(proof) };
}

function isProof(text: string): boolean {
  return text === NO_PROOF || /^`[^`]+`( `[^`]+`)*$/.test(text);
}

function quoted(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
}
