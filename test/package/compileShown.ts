import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** Pages with code in them. */
export const SHOWING: readonly string[] = [
  'README.md',
  'llms.txt',
  ...['agora', 'catalogue', 'driven', 'hosted', 'languages', 'nextjs', 'pipeline', 'start', 'theming', 'troubleshooting', 'turn-taking', 'wirings'].map((name) => `docs/${name}.md`),
  ...['akool-demo', 'd-id', 'heygen'].map((name) => `docs/migration/${name}.md`),
];

/** What the pages take for granted. */
const OURS = [
  'declare function userIdOf(request: Request): Promise<string>;',
  'declare const samples: Int16Array;',
  'declare function Controls(): null;',
  'declare function render(element: unknown): void;',
  'declare function act(change: () => void): void;',
  'declare function expect(value: unknown): { toEqual(other: unknown): void };',
  "declare const session: import('visavis/client').AvatarSession;",
  "declare const channel: import('visavis/client').ChannelConnection;",
  'declare const microphoneTrack: MediaStreamTrack;',
  'declare const appId: string;',
  'declare function fetchToken(): Promise<string>;',
  // Under Agora's own licence, so not installed here.
  "declare module 'agora-extension-ai-denoiser' { export const AIDenoiserExtension: import('visavis/agora').AiDenoiserModule['AIDenoiserExtension']; }",
  "declare module 'agora-rtm' { const rtm: import('visavis/agora').AgoraRtmModule['default']; export default rtm; }",
];

// A snippet is a module, whether or not it imports anything: its names are not its neighbour's.
const OPTIONS = ['--strict', '--noEmit', '--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler', '--moduleDetection', 'force', '--jsx', 'react-jsx', '--types', 'node', '--skipLibCheck'];

/**
 * Compiles the code of all pages in an application, against the package that is installed there.
 *
 * @returns by page what the compiler said, an empty text where nothing
 */
export async function compileShown(folder: string): Promise<ReadonlyMap<string, string>> {
  const shown = join(folder, 'shown');
  const files = ['ours.d.ts'];
  await mkdir(shown, { recursive: true });
  await writeFile(join(shown, 'ours.d.ts'), OURS.join('\n'));
  for (const page of SHOWING) {
    const snippets = [...(await readFile(page, 'utf8')).matchAll(/^```(tsx?)\n(.*?)^```$/gms)];
    if (snippets.length < 2) throw new Error(`${page} shows less code than it did; is it still found?`);
    for (const [index, [, kind = '', code = '']] of snippets.entries()) {
      // A page that shows several files of one application names them.
      const file = join(page, /^\/\/ (\S+\.tsx?)\n/.exec(code)?.[1] ?? `snippet${index}.${kind}`);
      await mkdir(dirname(join(shown, file)), { recursive: true });
      await writeFile(join(shown, file), code);
      files.push(file);
    }
  }
  const tsc = resolve('node_modules/typescript/bin/tsc');
  const { stdout } = await promisify(execFile)(process.execPath, [tsc, ...OPTIONS, ...files], { cwd: shown }).catch((error: { stdout: string }) => error);
  return new Map(SHOWING.map((page) => [page, stdout.split('\n').filter((line) => line.startsWith(`${page}/`)).join('\n')]));
}
