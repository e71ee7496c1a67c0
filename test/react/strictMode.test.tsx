import { act, cleanup, render } from '@testing-library/react';
import { Activity, StrictMode, Suspense, use, useEffect, useState, type ReactElement, type ReactNode } from 'react';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { akoolStreaming } from '../../src/client.js';
import { Avatar, AvatarDevtools, AvatarProvider, ConnectionStatus, Transcript, useAvatarSession, type AvatarSession, type AvatarView } from '../../src/index.js';
import { createFakeGrant } from '../../src/testing/createFakeGrant.js';
import { createScriptedSession } from '../../src/testing/createScriptedSession.js';
import { createCountedBrowser, type CountedBrowser, type Holdings } from './support/createCountedBrowser.js';
import { createCountedChannel, type CountedChannel } from './support/createCountedChannel.js';
import { loadParts } from './support/loadParts.js';

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
afterEach(cleanup);
afterAll(() => {
  browser.restore();
  vi.useRealTimers();
});

const pass = (durationMs: number) => act(async () => void (await vi.advanceTimersByTimeAsync(durationMs)));

/** Hands the view of the nearest session out. */
function View({ take }: { readonly take: (view: AvatarView) => void }): null {
  const view = useAvatarSession();
  useEffect(() => {
    take(view);
  });
  return null;
}

interface LiveProps {
  readonly channel: CountedChannel;
  readonly children?: ReactNode;
}

function Live({ channel, children }: LiveProps): ReactElement {
  return (
    <AvatarProvider grant={async () => createFakeGrant()} avatar={akoolStreaming()} channel={channel}>
      <Avatar />
      <Transcript />
      <AvatarDevtools defaultOpen />
      {children}
    </AvatarProvider>
  );
}

describe('a session in a component that goes', () => {
  it('is taken down at whichever moment of connecting that is', { timeout: 30_000 }, async () => {
    // All of it takes less than 40 ms, in steps of 5.
    for (let momentMs = 0; momentMs <= 40; momentMs += 2) {
      const channel = createCountedChannel();
      let view: AvatarView | null = null;
      const { unmount } = render(<StrictMode><Live channel={channel}><View take={(next) => (view = next)} /></Live></StrictMode>);
      act(() => void view?.start());
      await pass(momentMs);
      unmount();
      await pass(2_000);

      expect(browser.holdings(), `after ${momentMs} ms`).toEqual(NOTHING);
      expect(channel.joins - channel.leaves, `after ${momentMs} ms`).toBe(0);
    }
  });

  it('is connected once under StrictMode', async () => {
    const channel = createCountedChannel();
    const grant = vi.fn(async () => createFakeGrant());
    function Begins(): null {
      const start = useAvatarSession(({ start: begin }) => begin);
      useEffect(() => void start(), [start]);
      return null;
    }
    const { unmount } = render(
      <StrictMode>
        <AvatarProvider grant={grant} avatar={akoolStreaming()} channel={channel}>
          <Begins />
          <ConnectionStatus />
        </AvatarProvider>
      </StrictMode>,
    );
    await pass(500);
    expect(browser.holdings()).toMatchObject({ sockets: 1, contexts: 1, tracks: 1 });
    expect(grant).toHaveBeenCalledOnce();
    expect(channel.joins).toBe(1);

    unmount();
    await pass(2_000);
    expect(browser.holdings()).toEqual(NOTHING);
  });

  it('does not run on when the component that starts it has gone in the meantime', async () => {
    const channel = createCountedChannel();
    let view: AvatarView | null = null;
    const { unmount } = render(<Live channel={channel}><View take={(next) => (view = next)} /></Live>);
    unmount();
    await pass(1_000);
    act(() => void view?.start());
    await pass(2_000);

    expect(browser.holdings()).toEqual(NOTHING);
  });
});

describe('a session in a component that stays', () => {
  async function live(wrap: (ui: ReactElement) => ReactElement) {
    const channel = createCountedChannel();
    const seen: AvatarView[] = [];
    const ui = <Live channel={channel}><View take={(next) => void seen.push(next)} /></Live>;
    const rendered = render(wrap(ui));
    act(() => void seen.at(-1)?.start());
    await pass(500);
    expect(channel.live).toBe(1);
    return { channel, seen, ui, ...rendered };
  }

  it('outlives a Suspense boundary that shows its fallback', async () => {
    let resume = (): void => undefined;
    const waiting = new Promise<void>((resolve) => (resume = resolve));
    const Waits = ({ isWaiting }: { readonly isWaiting: boolean }): null => {
      if (isWaiting) use(waiting);
      return null;
    };
    const page = (ui: ReactElement, isWaiting: boolean): ReactElement => <StrictMode><Suspense fallback={<p>Wait</p>}>{ui}<Waits isWaiting={isWaiting} /></Suspense></StrictMode>;
    const { channel, ui, rerender, unmount, container } = await live((element) => page(element, false));
    await act(async () => rerender(page(ui, true)));
    expect(container.textContent).toContain('Wait');
    await pass(5_000);
    expect(channel.live).toBe(1);
    await act(async () => resume());
    expect(channel.joins).toBe(1);
    expect(channel.live).toBe(1);

    unmount();
    await pass(2_000);
    expect(browser.holdings()).toEqual(NOTHING);
  });

  it('ends when an Activity hides it, and can be started again when it is shown', async () => {
    const page = (ui: ReactElement, mode: 'visible' | 'hidden'): ReactElement => <StrictMode><Activity mode={mode}>{ui}</Activity></StrictMode>;
    const { channel, seen, ui, rerender, unmount } = await live((element) => page(element, 'visible'));
    await act(async () => rerender(page(ui, 'hidden')));
    await pass(2_000);
    expect(channel.live).toBe(0);
    expect(browser.holdings()).toEqual(NOTHING);

    await act(async () => rerender(page(ui, 'visible')));
    act(() => void seen.at(-1)?.start());
    await pass(500);
    expect(channel.joins).toBe(2);
    expect(channel.live).toBe(1);

    unmount();
    await pass(2_000);
    expect(browser.holdings()).toEqual(NOTHING);
  });

  it('outlives effects that run anew at once, as after an edit with fast refresh', async () => {
    const session = createScriptedSession({ state: { status: 'live' } });
    // Another component at the same place takes everything below it down and up again in one commit.
    const Before = ({ children }: { readonly children: ReactNode }): ReactElement => <div>{children}</div>;
    const After = ({ children }: { readonly children: ReactNode }): ReactElement => <div>{children}</div>;
    const { rerender, unmount } = render(<StrictMode><Before><Avatar session={session} /></Before></StrictMode>);
    rerender(<StrictMode><After><Avatar session={session} /></After></StrictMode>);
    await pass(2_000);
    expect(session.calls).toEqual([]);
    expect(session.retainCount).toBe(1);

    unmount();
    await pass(2_000);
    expect(session.calls).toEqual([{ method: 'end', args: [] }]);
  });
});

describe('two providers on one page', () => {
  it('have sessions, rooms and words of their own, and end on their own', async () => {
    const channels = [createCountedChannel(), createCountedChannel()] as const;
    const sessions: (AvatarSession | null)[] = [null, null];
    const Page = (): ReactElement => {
      const [isSecond, setSecond] = useState(true);
      return (
        <>
          <Live channel={channels[0]}><View take={(view) => (sessions[0] = view.session)} /></Live>
          {isSecond && <Live channel={channels[1]}><View take={(view) => (sessions[1] = view.session)} /></Live>}
          <button type="button" onClick={() => setSecond(false)}>close the second</button>
        </>
      );
    };
    const { getByText, unmount } = render(<StrictMode><Page /></StrictMode>);
    expect(sessions[0]).not.toBe(sessions[1]);
    act(() => sessions.forEach((session) => void session?.start()));
    await pass(500);
    expect(channels.map(({ live }) => live)).toEqual([1, 1]);
    expect(browser.holdings().sockets).toBe(2);

    act(() => getByText('close the second').click());
    await pass(2_000);
    expect(channels.map(({ live }) => live)).toEqual([1, 0]);
    expect(sessions[0]?.getSnapshot().status).toBe('live');
    expect(browser.holdings().sockets).toBe(1);

    unmount();
    await pass(2_000);
    expect(browser.holdings()).toEqual(NOTHING);
  });
});
