import { act, cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { StrictMode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AvatarProvider, ConnectionQuality, defaultLabels } from '../../src/index.js';
import { createScriptedSession } from '../../src/testing/createScriptedSession.js';

afterEach(cleanup);

const STATS = { roundTripMs: 48, audioDelayMs: null, audioLossRate: 0.012, videoLossRate: null, videoFreezeRate: 0, sendBitsPerSecond: 64_000, receiveBitsPerSecond: 1_250_000 };

function setUp(props: Parameters<typeof ConnectionQuality>[0] = {}) {
  const session = createScriptedSession({ channelStats: STATS, state: { status: 'live', room: 'joined', network: { uplink: 1, downlink: 2 } } });
  const ask = vi.spyOn(session, 'getChannelStats');
  const view = render(
    <StrictMode>
      <AvatarProvider session={session}>
        <ConnectionQuality {...props} />
      </AvatarProvider>
    </StrictMode>,
  );
  return { session, ask, ...view, button: screen.getByRole('button') };
}

describe('ConnectionQuality', () => {
  it('goes by the worse of both directions', () => {
    const { session, container } = setUp();
    const level = (): string | null | undefined => container.querySelector('[data-slot="connection-quality"]')?.getAttribute('data-state');
    expect(level()).toBe('good');
    act(() => session.push({ network: { uplink: 4, downlink: 1 } }));
    expect(level()).toBe('fair');
    act(() => session.push({ network: { uplink: 1, downlink: 5 } }));
    expect(level()).toBe('weak');
    act(() => session.push({ room: 'reconnecting' }));
    expect(level()).toBe('lost');
    act(() => session.push({ status: 'ended', room: 'none', network: null }));
    expect(level()).toBe('unknown');
  });

  it('measures nothing until somebody looks, and shows what is known', async () => {
    const { ask, button } = setUp();
    expect(ask).not.toHaveBeenCalled();

    await userEvent.click(button);
    expect(button.getAttribute('aria-expanded')).toBe('true');
    const panel = screen.getByRole('group', { name: defaultLabels.connectionDetails });
    expect(await screen.findByText(defaultLabels.stats.roundTripMs)).toBeTruthy();
    expect(panel.textContent).toContain('48');
    expect(panel.textContent).toContain('1.2');
    expect(panel.textContent).not.toContain(defaultLabels.stats.audioDelayMs);
  });

  it('shuts with Escape, keeps the focus, and measures no more', async () => {
    const { button, ask } = setUp({ intervalMs: 1 });
    button.focus();
    await userEvent.keyboard('{Enter}');
    await screen.findByText(defaultLabels.stats.roundTripMs);
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('group')).toBeNull();
    expect(document.activeElement).toBe(button);

    const asked = ask.mock.calls.length;
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(ask.mock.calls.length).toBe(asked);
  });

  it('says that nothing is measured where the room does not say', async () => {
    const { session } = setUp({ defaultOpen: true });
    act(() => session.push({ room: 'none' }));

    expect(screen.getByText(defaultLabels.connectionUnknown)).toBeTruthy();
  });

  it('can be controlled', async () => {
    const onOpenChange = vi.fn();
    const { button } = setUp({ open: false, onOpenChange });
    await userEvent.click(button);

    expect(onOpenChange).toHaveBeenCalledWith(true);
    expect(screen.queryByRole('group')).toBeNull();
  });
});
