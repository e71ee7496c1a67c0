import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../scripts/freePort.mjs';
import { openBrowser } from '../e2e/support/openPage.js';
import type { InstalledApp } from '../package/installPackage.js';
import { expectConversation } from './support/expectConversation.js';
import { installApp } from './support/installApp.js';
import { type Backend, startBackend } from './support/startBackend.js';
import { type RunningProgram, startProgram } from './support/startProgram.js';
import { NEWEST_REACT, NEXT, reactOf } from './support/versions.js';

const HOST = '127.0.0.1';

let app: InstalledApp;
let browser: Browser;
beforeAll(async () => {
  app = await installApp(...NEXT, ...reactOf(NEWEST_REACT));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.remove();
});

describe.each(['turbopack', 'webpack'])('a Next.js application, built with %s', (bundler) => {
  const running: (Backend | RunningProgram)[] = [];
  let backend: Backend;
  let url: string;

  beforeAll(async () => {
    const port = await freePort(0, undefined, HOST);
    url = `http://${HOST}:${port}`;
    backend = await startBackend(app, { origin: url });
    running.push(backend);
    const next = join(app.folder, 'node_modules/next/dist/bin/next');
    await writeFile(join(app.folder, 'next/.env.production'), `NEXT_PUBLIC_GRANT=${backend.grant}\nNEXT_TELEMETRY_DISABLED=1\n`);
    expect(await app.bin('next', 'build', 'next', `--${bundler}`)).not.toMatch(/warning|node_modules\/visavis/i);
    running.push(await startProgram(next, ['start', 'next', '--port', String(port), '--hostname', HOST], { cwd: app.folder, isReady: (line) => /Ready in/.test(line) }));
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
  });
  afterAll(async () => {
    for (const program of running.splice(0).reverse()) await program.stop();
  });

  it.each([
    { router: 'App Router', path: '/' },
    { router: 'Pages Router', path: '/classic' },
  ])('is rendered on the server, hydrated and live through the $router', async ({ path }) => {
    const markup = await (await fetch(url + path)).text();
    expect(markup).toContain('data-slot="avatar"');
    await expectConversation(browser, url + path, backend);
  });
});
