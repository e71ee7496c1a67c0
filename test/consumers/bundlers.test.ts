import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openBrowser } from '../e2e/support/openPage.js';
import type { InstalledApp } from '../package/installPackage.js';
import { expectConversation } from './support/expectConversation.js';
import { installApp } from './support/installApp.js';
import { servePage, strictPolicy } from './support/servePage.js';
import { startBackend } from './support/startBackend.js';
import { NEWEST_REACT, OLDEST_REACT, reactOf, VITE, WEBPACK } from './support/versions.js';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});
afterAll(() => browser?.close());

interface Bundler {
  readonly name: string;
  readonly packages: readonly string[];
  /** Builds for production. @returns what it printed */
  build(app: InstalledApp): Promise<string>;
}

const vite: Bundler = { name: 'Vite', packages: VITE, build: (app) => app.bin('vite', 'build', 'vite') };
const webpack: Bundler = { name: 'webpack', packages: WEBPACK, build: (app) => app.script('webpack/build.mjs') };

describe.each([
  { react: NEWEST_REACT, bundlers: [vite] },
  { react: OLDEST_REACT, bundlers: [vite, webpack] },
])('an application on React $react', ({ react, bundlers }) => {
  let app: InstalledApp;
  beforeAll(async () => {
    app = await installApp(...reactOf(react), ...bundlers.flatMap(({ packages }) => packages));
  });
  afterAll(() => app?.remove());

  it.each(bundlers)('is built by $name, rendered on a server, hydrated and live under a strict policy', async ({ name, build }) => {
    // What a build complains about is the package's fault or looks like it.
    expect(await build(app)).not.toMatch(/warning|node_modules\/visavis/i);
    const folder = join(app.folder, name.toLowerCase(), 'dist');
    const markup = await app.script('render.mjs');
    expect(markup).toContain(`data-react="${react}"`);
    expect(markup).toContain('data-slot="avatar"');

    const html = (await readFile(join(folder, 'index.html'), 'utf8')).replace('<!--app-->', () => markup);
    let grant = '';
    const site = await servePage({ html: () => html.replace('%GRANT%', grant), folders: { '/': folder }, policy: strictPolicy() });
    onTestFinished(site.stop);
    const backend = await startBackend(app, { origin: site.origin });
    onTestFinished(async () => void (await backend.stop()));
    grant = backend.grant;
    await expectConversation(browser, site.origin, backend);
    expect(await backend.stop()).toEqual([0, 0]);
  });
});
