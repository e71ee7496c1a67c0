import { execFile } from 'node:child_process';
import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { staticClosure } from '../../scripts/staticClosure.mjs';
import { compileShown, SHOWING } from './compileShown.js';
import { type InstalledApp, installPackage } from './installPackage.js';

const ENTRIES = ['index', 'client', 'agora', 'query', 'labels', 'server', 'emulator', 'testing'] as const;
const specifierOf = (entry: string) => (entry === 'index' ? 'visavis' : `visavis/${entry}`);

describe('the package, installed into an empty application', () => {
  let app: InstalledApp;
  beforeAll(async () => {
    app = await installPackage();
    // For the tests that run TypeScript: neither React nor Node's types have to be installed for that.
    await symlink(resolve('node_modules/@types'), join(app.folder, 'node_modules/@types'), 'junction');
    // Brings its own.
    await symlink(resolve('node_modules/fastify'), join(app.folder, 'node_modules/fastify'), 'junction');
    // The one optional peer that an entry imports at once.
    await symlink(resolve('node_modules/@tanstack'), join(app.folder, 'node_modules/@tanstack'), 'junction');
  });
  afterAll(() => app.remove());

  const built = (entry: string) => join(app.packageFolder, 'dist', `${entry}.js`);

  it('brings at most 30 packages along', () => {
    expect(app.packages).toContain('visavis');
    expect(app.packages.length, app.packages.join(' ')).toBeLessThanOrEqual(30);
  });

  it('leaves the optional peers out', () => {
    expect(app.packages).not.toContain('@roamhq/wrtc');
    expect(app.packages).not.toContain('@napi-rs/canvas');
  });

  it('holds the build, the licence and the notes, and nothing else', async () => {
    const files = await readdir(app.packageFolder);
    expect(files.filter((name) => !['README.md', 'LICENSE', 'CHANGELOG.md', 'llms.txt', 'package.json', 'dist'].includes(name))).toEqual([]);
  });

  it('names no folder of the machine that it was built on', async () => {
    const here = resolve('.');
    const files = await readdir(join(app.packageFolder, 'dist'), { recursive: true, withFileTypes: true });
    for (const file of files.filter((entry) => entry.isFile())) {
      const text = await readFile(join(file.parentPath, file.name), 'utf8');
      expect(text.includes(here), relative(app.packageFolder, join(file.parentPath, file.name))).toBe(false);
    }
  });

  it.each(ENTRIES)('imports %s in plain Node', async (entry) => {
    const output = await app.node(`console.log(Object.keys(await import('${specifierOf(entry)}')).length > 0)`);
    expect(output.trim()).toBe('true');
  });

  it.each(['styles.css', 'avatar.css', 'worklets/mic-capture.js', 'worklets/pcm-playback.js'])('resolves %s', async (path) => {
    const output = await app.node(`import { existsSync } from 'node:fs'; console.log(existsSync(new URL(import.meta.resolve('visavis/${path}'))))`);
    expect(output.trim()).toBe('true');
  });

  it.each(ENTRIES.filter((entry) => entry !== 'agora'))('loads the Agora SDK with no static import of %s', (entry) => {
    const { packages } = staticClosure(built(entry));
    expect(packages.filter((name) => name.startsWith('agora-rtc'))).toEqual([]);
  });

  it('marks the React entry as client code', async () => {
    expect(await readFile(built('index'), 'utf8')).toMatch(/^'use client';|^"use client";/);
  });

  it('carries no React in the headless client', () => {
    const { packages } = staticClosure(built('client'));
    expect(packages.filter((name) => /^(react|react-dom|use-sync-external-store)(\/|$)/.test(name))).toEqual([]);
  });

  it.each(['server', 'emulator'])('refuses to resolve %s for a browser', async (entry) => {
    await expect(app.node(`await import('visavis/${entry}')`, '--conditions=browser')).rejects.toThrow('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });

  it('is bundled for a browser without anything of Node, and with the Agora SDK in a chunk of its own', async () => {
    const page = join(app.folder, 'page.js');
    await writeFile(page, "import { Avatar } from 'visavis'; import { createAvatarSession } from 'visavis/client'; globalThis.app = [Avatar, createAvatarSession];");
    const bundle = await rolldown({ input: page, platform: 'browser', external: [/^react(-dom)?(\/|$)/, /^use-sync-external-store/] });
    const { output } = await bundle.generate({ format: 'es' });
    await bundle.close();
    const chunks = new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])));
    const loadedAtOnce = new Set<string>();
    const visit = (name: string) => {
      if (loadedAtOnce.has(name)) return;
      loadedAtOnce.add(name);
      chunks.get(name)?.imports.forEach(visit);
    };
    visit(output[0].fileName);
    const modules = [...loadedAtOnce].flatMap((name) => chunks.get(name)?.moduleIds ?? []);
    expect(modules.some((id) => id.includes('visavis/dist'))).toBe(true);
    expect(modules.filter((id) => id.includes('agora-rtc'))).toEqual([]);
    expect([...chunks.values()].flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports]).filter((name) => name.startsWith('node:'))).toEqual([]);
  });

  it('type-checks in an application that checks libraries too', async () => {
    const imports = ENTRIES.map((entry, index) => `import * as entry${index} from '${specifierOf(entry)}';`);
    const uses = ENTRIES.map((_, index) => `entry${index}`);
    await writeFile(join(app.folder, 'app.ts'), [...imports, "import 'visavis/styles.css';", `export const entries = [${uses.join(', ')}];`].join('\n'));
    const options = ['--strict', '--noEmit', '--target', 'es2022', '--module', 'nodenext', '--jsx', 'react-jsx', '--types', 'node', '--skipLibCheck', 'false'];
    const tsc = resolve('node_modules/typescript/bin/tsc');
    const { stdout } = await promisify(execFile)(process.execPath, [tsc, ...options, 'app.ts'], { cwd: app.folder }).catch((error: { stdout: string }) => error);
    // Other packages' declarations have errors of their own.
    expect(stdout.split('\n').filter((line) => /^(app\.ts|node_modules\/visavis\/)/.test(line))).toEqual([]);
  });

  describe('shows code', () => {
    /** Page by page, what the compiler says. */
    let complaints: ReadonlyMap<string, string>;
    beforeAll(async () => {
      complaints = await compileShown(app.folder);
    });

    it.each(SHOWING)('in %s that type-checks as it stands', (path) => {
      expect(complaints.get(path)).toBe('');
    });
  });

  it('answers with its version on the command line', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8'));
    expect((await app.bin('visavis', '--version')).trim()).toBe(version);
  });

  it('says which package to install when the emulator is to show a face without its optional peers', async () => {
    const output = await app.node(`
      import { startEmulator } from 'visavis/emulator';
      import { WebSocket } from 'ws';
      const emulator = await startEmulator({ nodes: 1 });
      const { data } = await (await fetch(emulator.discoveryUrl, { headers: { api_key: emulator.apiKey } })).json();
      const { ip, port } = data.instances[0];
      const socket = new WebSocket(\`ws://\${ip}:\${port}/streamingAvatar/ws/v1?session_id=s&avatar_id=a\`, { headers: { api_key: emulator.apiKey } });
      const agora_data = { appid: 'app', channel_id: 'room', token: 'token', uid: 7 };
      const params = { cmd: 'set-params', data: { vid: 'v', lang: 'en', mode: 3, bgurl: '' }, metadata: { agora_data } };
      socket.on('open', () => socket.send(JSON.stringify({ v: 2, mid: 'm', type: 'command', pld: params })));
      socket.on('message', (bytes) => {
        const message = JSON.parse(String(bytes));
        if (message.type !== 'error') return;
        console.log(message.pld.error_message);
        socket.close();
        void emulator.close();
      });
    `);
    expect(output).toContain('npm install --save-dev @roamhq/wrtc');
  });
});
