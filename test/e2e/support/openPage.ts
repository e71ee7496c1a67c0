import { chromium, type Browser, type Page } from 'playwright';
import { findChromium } from '../../../scripts/findChromium.mjs';
import type { Probe } from '../app/probe.js';
import { ENGINE, openEngine } from './openEngine.js';

declare global {
  interface Window {
    probe: Probe;
  }
}

export interface OpenBrowserOptions {
  /** WAV file that the fake microphone plays once, from when it is opened. */
  readonly speechFile?: string;
  /** Refuses the microphone. */
  readonly denyMicrophone?: boolean;
  /** Leaves the autoplay policy as a user has it. */
  readonly strictAutoplay?: boolean;
}

/** The engine that is tested, with a fake microphone. */
export function openBrowser(options: OpenBrowserOptions = {}): Promise<Browser> {
  return ENGINE === 'chromium' ? openChromium(options) : openEngine(options);
}

function openChromium({ speechFile, denyMicrophone = false, strictAutoplay = false }: OpenBrowserOptions): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium() ?? '/usr/bin/chromium',
    args: [
      '--use-fake-device-for-media-stream',
      ...(denyMicrophone ? [] : ['--use-fake-ui-for-media-stream']),
      ...(speechFile ? [`--use-file-for-fake-audio-capture=${speechFile}%noloop`] : []),
      ...(strictAutoplay ? [] : ['--autoplay-policy=no-user-gesture-required']),
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-renderer-backgrounding',
    ],
  });
}

/** Everything that reached the page: bodies, frames, console lines. */
export interface Traffic {
  readonly texts: string[];
}

/** Opens a page and listens to all that is sent to it; without `keepsTraffic`, to its errors alone. */
export async function openPage(browser: Browser, url: string, { permissions = ['microphone'], keepsTraffic = true }: { permissions?: string[]; keepsTraffic?: boolean } = {}): Promise<{ page: Page; traffic: Traffic; consoleErrors: string[] }> {
  const context = await browser.newContext({ permissions });
  // A development server compiles a page when it is asked for, on a machine that may have other things to do.
  context.setDefaultNavigationTimeout(120_000);
  const page = await context.newPage();
  const texts: string[] = [];
  const consoleErrors: string[] = [];
  if (keepsTraffic) keep(page, texts);
  page.on('console', (message) => {
    if (message.type() === 'error') consoleErrors.push(message.text());
  });
  page.on('pageerror', (error) => consoleErrors.push(String(error)));
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  return { page, traffic: { texts }, consoleErrors };
}

function keep(page: Page, texts: string[]): void {
  page.on('response', (response) => {
    texts.push(JSON.stringify(response.headers()));
    response.text().then((text) => texts.push(text), () => undefined); // a response without a body
  });
  page.on('websocket', (socket) => {
    texts.push(socket.url());
    socket.on('framereceived', ({ payload }) => texts.push(String(payload)));
    socket.on('framesent', ({ payload }) => texts.push(String(payload)));
  });
  page.on('console', (message) => texts.push(message.text()));
}

/** Waits until the session's status is one of these. */
export async function waitForStatus(page: Page, ...wanted: string[]): Promise<void> {
  try {
    await page.waitForFunction((statuses) => statuses.includes(String(window.probe.state()['status'])), wanted, { timeout: 30_000, polling: 50 });
  } catch (cause) {
    const seen = await page.evaluate(() => JSON.stringify([window.probe.state(), window.probe.errors()]));
    throw new Error(`The session did not become ${wanted.join(' or ')}: ${seen}`, { cause });
  }
}
