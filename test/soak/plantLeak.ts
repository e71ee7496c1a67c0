import type { Page } from 'playwright';
import type { SiteProcess } from './startSiteProcess.js';

/** Leaks that a soak can be given, to see that it finds them. */
export const LEAKS = ['listener', 'node', 'heap', 'worker', 'peer', 'microphone', 'server'] as const;
export type Leak = (typeof LEAKS)[number];

/** Leaves one thing behind, as a conversation that forgets it would. */
export async function plantLeak(leak: Leak, page: Page, site: SiteProcess): Promise<void> {
  if (leak === 'server') return site.leak();
  await page.evaluate(async (kind) => {
    const kept: unknown[] = Object.assign(window, { kept: 'kept' in window && Array.isArray(window.kept) ? window.kept : [] }).kept;
    if (kind === 'listener') window.addEventListener('resize', () => kept.length);
    if (kind === 'node') kept.push(document.createElement('div'));
    if (kind === 'heap') kept.push(Array.from({ length: 8_192 }, (_, at) => ({ at })));
    if (kind === 'worker') kept.push(new Worker(URL.createObjectURL(new Blob(['onmessage = () => undefined']))));
    if (kind === 'peer') kept.push(new RTCPeerConnection());
    if (kind === 'microphone') kept.push(await navigator.mediaDevices.getUserMedia({ audio: true }));
  }, leak);
}
