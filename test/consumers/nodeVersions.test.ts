import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ensureNode } from '../../scripts/ensureNode.mjs';
import { openBrowser } from '../e2e/support/openPage.js';
import type { InstalledApp } from '../package/installPackage.js';
import { expectConversation } from './support/expectConversation.js';
import { installApp } from './support/installApp.js';
import { servePage, strictPolicy } from './support/servePage.js';
import { BACKEND_SECRET, commandOf, startBackend } from './support/startBackend.js';
import { NEWEST_REACT, NODES, reactOf } from './support/versions.js';

const BROWSER_FILES = ['client', 'worklets/mic-capture.js', 'worklets/pcm-playback.js', 'worklets/turn-detector.js', 'worklets/voice-socket.js'];

let app: InstalledApp;
let browser: Browser;
beforeAll(async () => {
  app = await installApp(...reactOf(NEWEST_REACT), '@tanstack/react-query@5.108.0');
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.remove();
});

/** What a browser needs to know to find the package in node_modules, from its `exports`. */
async function importMap(): Promise<string> {
  const { exports } = JSON.parse(await readFile(join(app.packageFolder, 'package.json'), 'utf8'));
  const pathOf = (name: string) => {
    const file = exports[`./${name}`]?.default ?? exports['./worklets/*'].replace('*', name.replace('worklets/', ''));
    return [`visavis/${name}`, `/package${file.slice(1)}`];
  };
  return JSON.stringify({ imports: Object.fromEntries(BROWSER_FILES.map(pathOf)) });
}

describe.each(NODES)('on Node %s', (version) => {
  let node: string;
  const run = async (...args: readonly string[]) => (await promisify(execFile)(node, [...args], { cwd: app.folder, env: { ...process.env, VISAVIS_SECRET: BACKEND_SECRET } })).stdout;
  beforeAll(async () => {
    node = await ensureNode(version);
    expect((await run('--version')).trim()).toBe(`v${version}`);
  });

  it('every entry is imported, and required by CommonJS, as the same module', async () => {
    const entries = ['', '/client', '/agora', '/query', '/labels', '/labels/de', '/server', '/emulator', '/testing'].map((entry) => `visavis${entry}`);
    const code = `
      import { createRequire } from 'node:module';
      import { join } from 'node:path';
      const require = createRequire(join(process.cwd(), 'app.cjs'));
      for (const entry of ${JSON.stringify(entries)}) {
        const module = await import(entry);
        if (Object.keys(module).length === 0 || require(entry) !== module) console.log(entry);
      }
    `;
    expect(await run('--no-warnings', '--input-type=module', '--eval', code)).toBe('');
  });

  it('a component is rendered on the server', async () => {
    expect(await run('render.mjs')).toContain('data-slot="avatar"');
  });

  it('emulator and server hold a conversation with a page that nothing has bundled, and end when they are told to', async () => {
    const imports = await importMap();
    const template = await readFile(join(app.folder, 'page/index.html'), 'utf8');
    let grant = '';
    const site = await servePage({
      html: () => template.replace('%GRANT%', grant).replace('%PACKAGE%', '/package/dist').replace('%IMPORTS%', imports),
      folders: { '/package/': app.packageFolder, '/': join(app.folder, 'page') },
      policy: strictPolicy(`'sha256-${createHash('sha256').update(imports).digest('base64')}'`),
    });
    onTestFinished(site.stop);
    const backend = await startBackend(app, { origin: site.origin, node });
    onTestFinished(async () => void (await backend.stop()));
    grant = backend.grant;
    const page = await expectConversation(browser, site.origin, backend);
    await page.context().close();
    expect(await backend.stop()).toEqual([0, 0]);
  });

  it('the doctor finds nothing wrong', async () => {
    const origin = 'http://localhost:5173';
    const backend = await startBackend(app, { origin, node });
    onTestFinished(async () => void (await backend.stop()));
    const report = JSON.parse(await run(await commandOf(app), 'doctor', '--json', '--emulator', backend.emulatorUrl, '--origin', origin, '--url', backend.grant, '--port', '0'));
    expect(report.findings.filter(({ status }: { status: string }) => status === 'fail')).toEqual([]);
    expect(JSON.stringify(report)).toContain(version);
  });
});
