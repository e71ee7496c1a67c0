import { act, cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { afterEach, describe, expect, it } from 'vitest';
import { AvatarProvider, Captions, CaptionsToggle, defaultLabels, type CaptionsProps, type SessionState } from '../../src/index.js';
import { createScriptedSession } from '../../src/testing/createScriptedSession.js';

afterEach(() => {
  cleanup();
  localStorage.clear();
});

function setUp({ state = {}, props = {}, remember }: { readonly state?: Partial<SessionState>; readonly props?: CaptionsProps; readonly remember?: boolean | string } = {}) {
  const answer = { id: 1, turnId: 0, role: 'assistant', text: 'On Thursday.', final: true, interrupted: false } as const;
  const session = createScriptedSession({ state: { status: 'live', sound: 'playing', transcript: [answer], ...state } });
  const page = (
    <StrictMode>
      <AvatarProvider session={session} rememberCaptions={remember}>
        <Captions {...props} />
        <CaptionsToggle />
      </AvatarProvider>
    </StrictMode>
  );
  const view = render(page);
  return {
    session,
    page,
    button: screen.getByRole('button', { name: defaultLabels.captions }),
    captions: () => screen.queryByRole('group', { name: defaultLabels.captions }),
    visitAgain() {
      view.unmount();
      return setUp({ state, props, remember });
    },
  };
}

describe('CaptionsToggle', () => {
  it('turns captions on and off, and says which', async () => {
    const { button, captions } = setUp();
    expect(button.getAttribute('aria-pressed')).toBe('false');
    await userEvent.click(button);
    expect(button.getAttribute('aria-pressed')).toBe('true');
    expect(captions()?.textContent).toBe('On Thursday.');

    await userEvent.click(button);
    expect(button.dataset['state']).toBe('off');
    expect(captions()).toBeNull();
  });

  it('is on by itself while the sound is blocked or muted, until somebody chooses', async () => {
    const { session, button, captions } = setUp({ state: { sound: 'blocked' } });
    expect(button.getAttribute('aria-pressed')).toBe('true');
    act(() => session.push({ sound: 'playing' }));
    expect(button.getAttribute('aria-pressed')).toBe('false');
    act(() => session.setVolume(0));
    expect(captions()).not.toBeNull();

    await userEvent.click(button);
    expect(captions()).toBeNull();
  });

  it('remembers that they are wanted', async () => {
    const { button, visitAgain } = setUp();
    await userEvent.click(button);
    const again = visitAgain();
    expect(again.captions()).not.toBeNull();

    await userEvent.click(again.button);
    expect(again.visitAgain().captions()).toBeNull();
  });

  it('does not remember that they are not: who has no sound at the next visit gets them', async () => {
    const { button, captions, visitAgain } = setUp({ state: { sound: 'blocked' } });
    await userEvent.click(button);
    expect(captions()).toBeNull();
    expect(visitAgain().captions()).not.toBeNull();
  });

  it('remembers nothing, or under another key, where the application wants that', async () => {
    const { button } = setUp({ remember: false });
    await userEvent.click(button);
    expect(localStorage.length).toBe(0);
    cleanup();

    await userEvent.click(setUp({ remember: 'shop.captions' }).button);
    expect(localStorage.getItem('shop.captions')).toBe('on');
  });

  it('leaves captions alone that the application keeps', async () => {
    const { button, captions } = setUp({ props: { open: true } });
    await userEvent.click(button);
    await userEvent.click(button);
    expect(captions()).not.toBeNull();
  });

  it('renders on a server what a page without a memory begins with', async () => {
    const { button, page } = setUp();
    await userEvent.click(button);
    expect(renderToString(page)).toContain('aria-pressed="false"');
  });
});
