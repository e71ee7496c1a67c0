import { act, cleanup, render, screen } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AvatarProvider, defaultLabels, SessionTimer, type SessionState, type SessionTimerProps } from '../../src/index.js';
import { createScriptedSession } from '../../src/testing/createScriptedSession.js';

const NOW = Date.UTC(2030, 0, 1, 12);

beforeEach(() => vi.useFakeTimers({ now: NOW }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function setUp(state: Partial<SessionState>, props: SessionTimerProps = {}) {
  const session = createScriptedSession({ state });
  const view = render(
    <StrictMode>
      <AvatarProvider session={session}>
        <SessionTimer {...props} />
      </AvatarProvider>
    </StrictMode>,
  );
  return { session, ...view, pass: (ms: number): void => act(() => void vi.advanceTimersByTime(ms)) };
}

describe('SessionTimer', () => {
  it('counts the time of a session without a limit from when it became live', () => {
    const { session, container, pass } = setUp({ status: 'connecting' });
    expect(container.textContent).toBe('');

    act(() => session.push({ status: 'live', liveAt: NOW }));
    expect(screen.getByRole('timer').textContent).toBe('0:00');
    pass(65_000);
    expect(screen.getByRole('timer').textContent).toBe('1:05');
    expect(screen.getByRole('timer').getAttribute('aria-label')).toBe(defaultLabels.timeElapsed('1:05'));
    pass(3_600_000);
    expect(screen.getByRole('timer').textContent).toBe('1:01:05');
  });

  it('counts down where the server sets a limit, and goes with the session', () => {
    const { session, container, pass } = setUp({ status: 'live', liveAt: NOW, endsAt: NOW + 300_000 });
    pass(1_000);
    expect(screen.getByRole('timer').textContent).toBe('4:59');

    act(() => session.push({ status: 'ended' }));
    expect(container.textContent).toBe('');
  });

  it('warns once before the end, in words that do not count down', () => {
    const { container, pass } = setUp({ status: 'live', liveAt: NOW, endsAt: NOW + 120_000 });
    const live = (): string | null | undefined => container.querySelector('[aria-live]')?.textContent;
    pass(59_000);
    expect(live()).toBe('');

    pass(1_000);
    expect(container.querySelector('[data-slot="session-timer"]')?.getAttribute('data-state')).toBe('ending');
    expect(live()).toBe(defaultLabels.endsSoon(60));
    pass(30_000);
    expect(screen.getByRole('timer').textContent).toBe('0:30');
    expect(live()).toBe(defaultLabels.endsSoon(60));
    pass(60_000);
    expect(screen.getByRole('timer').textContent).toBe('0:00');
  });

  it('shows nothing of a time left that nobody knows', () => {
    const { container } = setUp({ status: 'live', liveAt: NOW }, { show: 'left' });

    expect(container.textContent).toBe('');
  });

  it('keeps no timer when it is gone, nor while nothing is live', () => {
    const { session, unmount } = setUp({ status: 'live', liveAt: NOW });
    expect(vi.getTimerCount()).toBe(1);
    act(() => session.push({ status: 'ended' }));
    expect(vi.getTimerCount()).toBe(0);
    act(() => session.push({ status: 'live' }));
    unmount();
    act(() => void vi.runAllTicks());
    vi.runOnlyPendingTimers();
    expect(vi.getTimerCount()).toBe(0);
  });
});
