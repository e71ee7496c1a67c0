import { act, cleanup, render, screen } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Avatar, AvatarProvider, Captions, defaultLabels, type CaptionsProps, type SessionState, type TranscriptEntry } from '../../src/index.js';
import { createScriptedSession } from '../../src/testing/createScriptedSession.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function said(id: number, role: TranscriptEntry['role'], text: string, more: Partial<TranscriptEntry> = {}): TranscriptEntry {
  return { id, turnId: 0, role, text, final: true, interrupted: false, ...more };
}

const question = said(1, 'user', 'When?');
const answer = said(2, 'assistant', 'On Thursday.');

function setUp(state: Partial<SessionState>, props: CaptionsProps = {}) {
  const session = createScriptedSession({ state: { status: 'live', sound: 'playing', transcript: [question, answer], ...state } });
  const view = render(
    <StrictMode>
      <AvatarProvider session={session}>
        <Captions {...props} />
      </AvatarProvider>
    </StrictMode>,
  );
  return { session, ...view, captions: () => screen.queryByRole('group', { name: defaultLabels.captions }) };
}

describe('Captions', () => {
  it('appear by themselves while the sound is blocked or muted, and go with that', () => {
    const { session, captions } = setUp({});
    expect(captions()).toBeNull();

    act(() => session.push({ sound: 'blocked' }));
    expect(captions()?.textContent).toBe(`${defaultLabels.roles.user}: When?On Thursday.`);

    act(() => session.push({ sound: 'playing' }));
    expect(captions()).toBeNull();
    act(() => session.setVolume(0));
    expect(captions()).not.toBeNull();
  });

  it('are part of an Avatar', () => {
    render(<Avatar session={createScriptedSession({ state: { status: 'live', sound: 'blocked', transcript: [answer] } })} />);

    expect(screen.getByRole('group', { name: defaultLabels.captions }).textContent).toBe('On Thursday.');
  });

  it('show one side alone where that is wanted', () => {
    const { captions } = setUp({}, { open: true, speaker: 'assistant' });

    expect(captions()?.textContent).toBe('On Thursday.');
  });

  it('show the last words, and those before only if they were the other side’s', () => {
    const { session, captions } = setUp({}, { open: true });
    act(() => session.push({ transcript: [question, answer, said(3, 'assistant', 'At nine.')] }));
    expect(captions()?.textContent).toBe('At nine.');
  });

  it('leave a while after the last word, and come with the next one', () => {
    const { session, captions } = setUp({}, { open: true, lingerMs: 5_000 });
    act(() => void vi.advanceTimersByTime(4_999));
    expect(captions()?.textContent).toContain('On Thursday.');
    act(() => void vi.advanceTimersByTime(1));
    expect(captions()?.textContent).toBe('');

    act(() => session.push({ transcript: [question, answer, said(3, 'user', 'And', { final: false })] }));
    expect(captions()?.textContent).toContain('And');
    act(() => void vi.advanceTimersByTime(60_000));
    expect(captions()?.textContent).toContain('And');
  });

  it('stay away in a session that is not connected, and where the application wants none', () => {
    const { session, captions } = setUp({ sound: 'blocked' }, { open: false });
    expect(captions()).toBeNull();
    act(() => session.push({ status: 'ended' }));
    expect(captions()).toBeNull();
  });

  it('announce nothing: whoever cannot see them hears the assistant', () => {
    const { captions } = setUp({}, { open: true });

    expect(captions()?.closest('[aria-live]')).toBeNull();
    expect(captions()?.querySelector('[aria-live], [role="status"], [role="log"]')).toBeNull();
  });
});
