import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface InstalledApp {
  /** An application with nothing in it but the packed package. */
  readonly folder: string;
  /** Where the package lies in it. */
  readonly packageFolder: string;
  /** Names of everything that was installed, the package among them. */
  readonly packages: readonly string[];
  /** Runs an ES module in the application with plain Node. Rejects with what it wrote to stderr when it fails. */
  node(code: string, ...nodeOptions: string[]): Promise<string>;
  /** Runs a script of the application with plain Node. For programs that start themselves again, which would run the code given to `node` again. */
  script(path: string): Promise<string>;
  /** Runs a program of node_modules/.bin. */
  bin(name: string, ...args: string[]): Promise<string>;
  remove(): Promise<void>;
}

/**
 * Packs what dist holds now and installs the tarball into an empty application, as `npm install visavis` would.
 *
 * @param others packages to install along with it, each with its version
 */
export async function installPackage(others: readonly string[] = []): Promise<InstalledApp> {
  const folder = await mkdtemp(join(tmpdir(), 'visavis-app-'));
  await run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder]);
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (!tarball) throw new Error('npm pack wrote no tarball.');
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const flags = ['--omit=dev', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', '--loglevel=error'];
  await run('npm', ['install', `./${tarball}`, ...others, ...flags], { cwd: folder });

  // npm's own record of what it put there; a listing of folders would have to know about scopes and nesting.
  const record = JSON.parse(await readFile(join(folder, 'node_modules/.package-lock.json'), 'utf8'));
  // The test runner's own would make every build one for tests.
  const env = { ...process.env, NODE_ENV: undefined };
  const removal = new AbortController();
  const inApp = async (program: string, args: readonly string[]) => {
    // A crash inside a minified package prints that whole line; the reason is at the end.
    const fail = (error: { stderr: string }) => {
      throw new Error(`${program} failed: ${error.stderr.slice(-1500)}`);
    };
    return (await run(program, [...args], { cwd: folder, env, signal: removal.signal }).catch(fail)).stdout;
  };
  return {
    folder,
    packageFolder: resolve(folder, 'node_modules/visavis'),
    packages: Object.keys(record.packages).map((path) => path.replace(/^.*node_modules\//, '')),
    node: (code, ...nodeOptions) => inApp(process.execPath, [...nodeOptions, '--input-type=module', '--eval', code]),
    script: (path) => inApp(process.execPath, [path]),
    bin: (name, ...args) => inApp(join(folder, 'node_modules/.bin', name), args),
    async remove() {
      // A build that takes too long would go on writing where nobody cleans up.
      removal.abort();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
