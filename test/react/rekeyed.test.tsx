import { act, cleanup, render } from '@testing-library/react';
import { StrictMode, useEffect, useLayoutEffect, type ReactElement } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { akoolStreaming } from '../../src/client.js';
import { AvatarProvider, useAvatarSession, type AvatarSession } from '../../src/index.js';
import { createFakeGrant } from '../../src/testing/createFakeGrant.js';
import { createCountedBrowser, type CountedBrowser } from './support/createCountedBrowser.js';
import { createCountedChannel, type CountedChannel } from './support/createCountedChannel.js';
import { loadParts } from './support/loadParts.js';

let browser: CountedBrowser;
beforeAll(loadParts);
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'requestAnimationFrame', 'cancelAnimationFrame', 'Date', 'performance'] });
  browser = createCountedBrowser();
});
afterEach(async () => {
  cleanup();
  await pass(10_000);
  browser.restore();
  vi.useRealTimers();
});

const pass = (durationMs: number) => act(async () => void (await vi.advanceTimersByTimeAsync(durationMs)));

interface CallProps {
  readonly channel: CountedChannel;
  readonly onGrant?: () => void;
  readonly onSession?: (session: AvatarSession) => void;
  /** Before the browser paints, and before React lets go of what was shown before. */
  readonly isEager?: boolean;
}

/** A provider whose session starts as soon as it is shown. */
function Call({ channel, onGrant, ...begin }: CallProps): ReactElement {
  const grant = async () => {
    onGrant?.();
    return createFakeGrant();
  };
  return (
    <AvatarProvider grant={grant} avatar={akoolStreaming()} channel={channel}>
      <Begins {...begin} />
    </AvatarProvider>
  );
}

function Begins({ onSession, isEager = false }: Omit<CallProps, 'channel' | 'onGrant'>): null {
  const { start, session } = useAvatarSession();
  const useWhen = isEager ? useLayoutEffect : useEffect;
  useWhen(() => {
    onSession?.(session);
    void start();
  }, [start, session, onSession]);
  return null;
}

async function live() {
  const channel = createCountedChannel();
  const page = render(<StrictMode><Call key="first" channel={channel} /></StrictMode>);
  await pass(500);
  expect(channel.live).toBe(1);
  return { channel, ...page };
}

describe('a provider that takes the place of another', () => {
  it.each([false, true])('asks for its grant once the room of the one before is left, even when it starts eagerly: %s', async (isEager) => {
    const { channel, rerender } = await live();
    channel.delayNextLeave('slow');
    const leavesAtGrant: number[] = [];
    rerender(<StrictMode><Call key="second" channel={channel} isEager={isEager} onGrant={() => leavesAtGrant.push(channel.leaves)} /></StrictMode>);
    await pass(1_000);
    expect(leavesAtGrant).toEqual([1]);
    expect(channel).toMatchObject({ joins: 2, leaves: 1, live: 1, mostLive: 1 });
  });

  it('asks for the microphone at once, and shows that it connects', async () => {
    const { channel, rerender } = await live();
    channel.delayNextLeave('slow');
    const sessions: AvatarSession[] = [];
    rerender(<StrictMode><Call key="second" channel={channel} onSession={(session) => sessions.push(session)} /></StrictMode>);
    await pass(0);
    expect(sessions.at(-1)?.getSnapshot().status).toBe('authorizing');
    expect(browser.holdings().tracks).toBe(2);
    await pass(1_000);
  });

  it('waits 5 s after the grace for a leave that hangs, and no longer', async () => {
    const { channel, rerender } = await live();
    channel.delayNextLeave('hangs');
    rerender(<StrictMode><Call key="second" channel={channel} /></StrictMode>);
    await pass(5_050);
    expect(channel.joins).toBe(1);
    await pass(200);
    expect(channel.joins).toBe(2);
  });

  it('does not wait for a session that somebody else still holds', async () => {
    const { channel, rerender } = await live();
    const other = createCountedChannel();
    const sessions: AvatarSession[] = [];
    rerender(<StrictMode><Call key="first" channel={channel} onSession={(session) => sessions.push(session)} /></StrictMode>);
    await pass(500);
    const release = sessions.at(-1)?.retain();
    rerender(<StrictMode><Call key="second" channel={other} /></StrictMode>);
    await pass(60);
    expect(other.live).toBe(1);
    expect(channel.live).toBe(1);
    release?.();
    await pass(500);
    expect(channel.live).toBe(0);
  });
});

describe('a provider that is alone', () => {
  it('is not held up by what StrictMode mounts, lets go and mounts again', async () => {
    const times: number[] = [];
    for (const Mode of [StrictMode, ({ children }: { readonly children: ReactElement }) => children]) {
      const channel = createCountedChannel();
      const page = render(<Mode><Call channel={channel} /></Mode>);
      const beganAt = performance.now();
      while (channel.live === 0) await pass(1);
      times.push(performance.now() - beganAt);
      page.unmount();
      await pass(1_000);
    }
    expect(times[0]).toBe(times[1]);
  });

  it('joins again only when a join that was cut off has been taken back', async () => {
    const channel = createCountedChannel();
    const sessions: AvatarSession[] = [];
    render(<StrictMode><Call channel={channel} onSession={(session) => sessions.push(session)} /></StrictMode>);
    await pass(3);
    expect(channel.mostLive).toBe(1);
    await act(async () => {
      void sessions.at(-1)?.end();
      void sessions.at(-1)?.start();
    });
    await pass(500);
    expect(channel).toMatchObject({ live: 1, mostLive: 1 });
  });
});
