import { act, cleanup, render, type RenderResult } from '@testing-library/react';
import fc from 'fast-check';
import { Activity, StrictMode, useEffect, type ReactElement } from 'react';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { akoolStreaming } from '../../src/client.js';
import { Avatar, AvatarError, AvatarProvider, MicLevel, SessionTimer, Transcript, useAvatarSession, type AvatarSession } from '../../src/index.js';
import { createFakeGrant } from '../../src/testing/createFakeGrant.js';
import { createCountedBrowser, type CountedBrowser, type Holdings } from './support/createCountedBrowser.js';
import { createCountedChannel, type CountedChannel } from './support/createCountedChannel.js';
import { loadParts } from './support/loadParts.js';

/** How often; raise it to look further. */
const RUNS = 1_000;
const SEED = 6;
/** The grace after the last release, and taking leave of room and avatar. */
const SETTLE_MS = 3_000;
const NOTHING: Holdings = { sockets: 0, contexts: 0, tracks: 0, locks: 0, timers: 0, listeners: [] };

let browser: CountedBrowser;
beforeAll(async () => {
  await loadParts();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'requestAnimationFrame', 'cancelAnimationFrame', 'Date', 'performance'] });
  // React listens to a document as long as that lives, from the first root on.
  render(<p />);
  cleanup();
  vi.clearAllTimers();
  browser = createCountedBrowser();
});
afterAll(() => {
  browser.restore();
  vi.useRealTimers();
});

/** What one place of the page shows. */
interface Place {
  readonly key: number;
  readonly params: number;
  readonly retries: number;
  readonly isHidden: boolean;
}

/** One page with two places for a provider, and what is known of what they have opened. */
function createPage() {
  let places: readonly (Place | null)[] = [null, null];
  let view: RenderResult | null = null;
  /** One for each place, whatever is shown there: what is re-keyed shares it with what it replaces. */
  const channels = [createCountedChannel(), createCountedChannel()] as const;
  const sessions = new Map<number, AvatarSession>();
  const everSeen = new Set<AvatarSession>();
  const errors: AvatarError[] = [];

  function Provided({ index, place }: { readonly index: number; readonly place: Place }): ReactElement {
    return (
      <AvatarProvider
        grant={async () => createFakeGrant()}
        avatar={akoolStreaming()}
        channel={channels[index]}
        params={{ language: place.params === 0 ? 'en' : 'de' }}
        maxRetryAttempts={place.retries}
        onError={(error) => errors.push(error)}
      >
        <Avatar />
        <Transcript />
        <MicLevel />
        <SessionTimer />
        <Note index={index} />
      </AvatarProvider>
    );
  }

  function Note({ index }: { readonly index: number }): null {
    const session = useAvatarSession((state) => state.session);
    useEffect(() => {
      sessions.set(index, session);
      everSeen.add(session);
      return () => void sessions.delete(index);
    }, [index, session]);
    return null;
  }

  const show = async (next: readonly (Place | null)[]): Promise<void> => {
    places = next;
    const ui = (
      <StrictMode>
        {places.map((place, index) => place && (
          <Activity key={`${index}-${place.key}`} mode={place.isHidden ? 'hidden' : 'visible'}>
            <Provided index={index} place={place} />
          </Activity>
        ))}
      </StrictMode>
    );
    await act(async () => {
      if (view) view.rerender(ui);
      else view = render(ui);
    });
  };

  return {
    channels,
    channel: (index: number): CountedChannel => channels[index === 0 ? 0 : 1],
    errors,
    session: (index: number) => sessions.get(index),
    place: (index: number) => places[index] ?? null,
    change: (index: number, change: Partial<Place> | null) =>
      show(places.map((place, at) => (at !== index ? place : change === null ? null : { ...(place ?? { key: 0, params: 0, retries: 2, isHidden: false }), ...change }))),
    press: (name: RegExp) => act(async () => [...(view?.container.querySelectorAll('button') ?? [])].find((button) => name.test(button.textContent ?? ''))?.click()),
    unmount: () => act(async () => view?.unmount()),
    endAll: () => act(async () => everSeen.forEach((session) => void session.end())),
  };
}

type Page = ReturnType<typeof createPage>;
interface Step {
  readonly name: string;
  readonly index: number;
}

const pass = (durationMs: number) => act(async () => void (await vi.advanceTimersByTimeAsync(durationMs)));

/** What may happen to a page; `index` is the place that it happens to. */
const STEPS: Readonly<Record<string, (page: Page, index: number) => unknown>> = {
  mount: (page, index) => page.change(index, {}),
  unmount: (page, index) => page.change(index, null),
  're-key': (page, index) => page.change(index, { key: (page.place(index)?.key ?? 0) + 1 }),
  'change the params': (page, index) => page.change(index, { params: 1 - (page.place(index)?.params ?? 0) }),
  'change an option': (page, index) => page.change(index, { retries: (page.place(index)?.retries ?? 2) === 2 ? 1 : 2 }),
  'hide or show': (page, index) => page.change(index, { isHidden: !(page.place(index)?.isHidden ?? false) }),
  'press start': (page) => page.press(/start|talk|again/i),
  'press end': (page) => page.press(/^(end|cancel)$/i),
  start: (page, index) => act(async () => void page.session(index)?.start().catch(() => undefined)),
  end: (page, index) => act(async () => void page.session(index)?.end()),
  interrupt: (page, index) => act(async () => void page.session(index)?.interrupt().catch(() => undefined)),
  mute: (page, index) => act(async () => page.session(index)?.microphone.setMuted(true)),
  'drop the sockets': () => act(async () => browser.dropSockets()),
  'drop the room': (page, index) => act(async () => page.channel(index).emit({ type: 'disconnect', error: new AvatarError('connection-lost', { message: 'Gone.' }) })),
  'refuse the room': (page, index) => page.channel(index).refuseNext(),
  'make the next leave slow': (page, index) => page.channel(index).delayNextLeave('slow'),
  're-key, and start at once': async (page, index) => {
    await page.change(index, { key: (page.place(index)?.key ?? 0) + 1 });
    await act(async () => void page.session(index)?.start().catch(() => undefined));
  },
  'block the sound': (page, index) => act(async () => page.channel(index).emit({ type: 'playback-block' })),
  unplug: () => act(async () => browser.unplug()),
  'deny the microphone': () => browser.denyNext(),
  'hide the page': () => act(async () => browser.setHidden(true)),
  'show the page': () => act(async () => browser.setHidden(false)),
  'leave the page': () => act(async () => void window.dispatchEvent(new Event('pagehide'))),
  'a moment': () => pass(7),
  'a while': () => pass(150),
  'long enough': () => pass(2_500),
};

const step = fc.record({ name: fc.constantFrom(...Object.keys(STEPS), 'mount', 'start', 'start', 're-key, and start at once', 're-key, and start at once', 'a moment', 'a moment', 'a while'), index: fc.constantFrom(0, 0, 0, 1) });

it(`gives everything back after ${RUNS} random lives of a page, and never joins a room twice`, { timeout: 300_000 }, async () => {
  const before = browser.holdings();
  expect(before).toEqual(NOTHING);
  let joins = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps: readonly Step[]) => {
      const page = createPage();
      await page.change(0, {});
      for (const { name, index } of steps) await STEPS[name]?.(page, index);
      await page.unmount();
      browser.setHidden(false);
      await pass(SETTLE_MS);

      const left = browser.holdings();
      // What a life leaves behind must not be held against the next one, or no failure could be told apart.
      await page.endAll();
      await pass(SETTLE_MS);
      expect(left).toEqual(NOTHING);
      for (const channel of page.channels) {
        expect(channel.joins - channel.leaves).toBe(0);
        expect(channel.live).toBe(0);
        expect(channel.mostLive).toBeLessThanOrEqual(1);
        joins += channel.joins;
      }
    }),
    { numRuns: RUNS, seed: SEED },
  );
  // Else nothing was tried.
  expect(joins).toBeGreaterThan(RUNS / 4);
});
