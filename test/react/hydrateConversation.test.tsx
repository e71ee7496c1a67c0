import { act, cleanup } from '@testing-library/react';
import { StrictMode, type ReactElement } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Avatar, AvatarProvider, AvatarWidget, Captions, ConnectionQuality, defaultLabels, MessageInput, PushToTalkButton, SessionTimer } from '../../src/index.js';
import { createScriptedSession, type ScriptedSession } from '../../src/testing/createScriptedSession.js';

afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.restoreAllMocks();
});

function Page({ session }: { readonly session: ScriptedSession }): ReactElement {
  return (
    <StrictMode>
      <AvatarProvider session={session}>
        <Avatar pictureInPicture background="remove" />
        <Captions />
        <MessageInput defaultValue="Hello" />
        <PushToTalkButton />
        <SessionTimer />
        <ConnectionQuality />
        <AvatarWidget />
      </AvatarProvider>
    </StrictMode>
  );
}

describe('hydrating a conversation', () => {
  it('begins with what the server rendered, however far the session is and wherever the widget was left', async () => {
    const complaints = vi.spyOn(console, 'error');
    const page = document.createElement('div');
    page.innerHTML = renderToString(<Page session={createScriptedSession()} />);
    document.body.append(page);
    localStorage.setItem('visavis-widget', 'start-start');
    const session = createScriptedSession({ state: { status: 'live', liveAt: Date.now(), sound: 'blocked', room: 'joined', network: { uplink: 1, downlink: 1 } } });
    const mismatches: unknown[] = [];
    const root = await act(async () => hydrateRoot(page, <Page session={session} />, { onRecoverableError: (error) => mismatches.push(error) }));

    expect(mismatches).toEqual([]);
    expect(complaints).not.toHaveBeenCalled();
    expect(page.querySelector('[data-slot="avatar-widget"]')?.getAttribute('data-corner')).toBe('start-start');
    expect(page.querySelector('[role="timer"]')?.textContent).toMatch(/^0:0\d$/);
    expect(page.querySelector('[data-slot="captions"]')).not.toBeNull();
    expect(page.querySelector('textarea')?.value).toBe('Hello');
    expect(page.textContent).toContain(defaultLabels.unlockSound);
    await act(async () => root.unmount());
    page.remove();
    expect(session.speechListenerCount).toBe(0);
  });
});
