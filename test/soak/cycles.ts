import type { Page } from 'playwright';
import { waitForStatus } from '../e2e/support/openPage.js';

/** What a cycle may do to the page and the emulator. */
export interface CycleWorld {
  fault(request: Record<string, unknown>): Promise<void>;
}

/** One conversation of the soak: how the page is opened, and what goes wrong in the middle. */
export interface Cycle {
  readonly name: string;
  readonly query: string;
  /** Goes wrong while the session is live. Resolves when it is live again. */
  strike(page: Page, world: CycleWorld): Promise<void>;
}

async function recovered(page: Page, act: () => Promise<void>): Promise<void> {
  const before = Number(await page.evaluate(() => window.probe.state()['recoveries']));
  await act();
  await page.waitForFunction((count) => Number(window.probe.state()['recoveries']) > count, before, { timeout: 60_000, polling: 100 });
  await waitForStatus(page, 'live');
}

/** All wirings in turn, each with a fault of its own. */
export const CYCLES: readonly Cycle[] = [
  { name: 'puppet, socket dropped', query: '', strike: (page, { fault }) => recovered(page, () => fault({ fault: 'drop-socket', vendor: 'akool-streaming' })) },
  { name: 'voice and face, voice dropped', query: '?voice=host&face', strike: (page, { fault }) => recovered(page, () => fault({ fault: 'drop-socket', vendor: 'dve' })) },
  { name: 'hosted, room lost', query: '?hosted=dialogue', strike: (page, { fault }) => recovered(page, () => fault({ fault: 'drop-channel' })) },
  { name: 'pipeline, busy page', query: '?talks&face', strike: (page) => page.evaluate(() => window.probe.block(1_500)) },
  {
    name: 'puppet, messages twice and out of order',
    query: '',
    async strike(page, { fault }) {
      await fault({ fault: 'duplicate-message', times: 3 });
      await fault({ fault: 'reorder-messages', times: 2 });
      await page.evaluate(() => Promise.all([window.probe.setParams({ language: 'de' }), window.probe.interrupt()]));
    },
  },
  { name: 'voice from the page, microphone pulled', query: '?voice=host', strike: (page) => page.evaluate(() => window.probe.unplugMicrophone()) },
];
