import { act, cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { StrictMode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AvatarProvider, defaultLabels, formatTranscript, Transcript, TranscriptSave, type TranscriptEntry, type TranscriptProps } from '../../src/index.js';
import { createScriptedSession } from '../../src/testing/createScriptedSession.js';

afterEach(cleanup);

function said(id: number, text: string, more: Partial<TranscriptEntry> = {}): TranscriptEntry {
  return { id, turnId: 0, role: 'assistant', text, final: true, interrupted: false, ...more };
}

function setUp(transcript: readonly TranscriptEntry[], props: TranscriptProps = {}) {
  const session = createScriptedSession({ state: { status: 'live', transcript } });
  const view = render(
    <StrictMode>
      <AvatarProvider session={session}>
        <Transcript {...props} />
      </AvatarProvider>
    </StrictMode>,
  );
  return { session, ...view, log: screen.getByRole('log', { name: defaultLabels.transcript }) };
}

/** happy-dom has no layout: a list of 1,000 px in a box of 200 px. */
function giveHeight(list: HTMLElement, scrollHeight = 1_000): { height: number } {
  const size = { height: scrollHeight };
  Object.defineProperty(list, 'clientHeight', { get: () => 200 });
  Object.defineProperty(list, 'scrollHeight', { get: () => size.height });
  return size;
}

function scrollTo(list: HTMLElement, top: number): void {
  act(() => {
    list.scrollTop = top;
    list.dispatchEvent(new Event('scroll'));
  });
}

describe('Transcript', () => {
  it('says who said what, and marks a reply that was cut short', () => {
    const { log } = setUp([said(1, 'Good morning.', { role: 'user' }), said(2, 'Good mor', { interrupted: true })]);
    const entries = [...log.querySelectorAll('[data-role]')].map((entry) => entry.textContent);

    expect(entries).toEqual([`${defaultLabels.roles.user}Good morning.`, `${defaultLabels.roles.assistant}Good mor${defaultLabels.interrupted}`]);
  });

  it('strikes through what of a reply was not heard, and tells a screen reader so', () => {
    setUp([said(1, 'On Thursday', { interrupted: true, unheard: ' there is a place at nine.' })]);
    const struck = document.querySelector('s');

    expect(struck?.textContent).toContain(' there is a place at nine.');
    expect(struck?.textContent).toContain(defaultLabels.unheard);
    expect(struck?.closest('[data-role]')?.textContent).toContain(defaultLabels.interrupted);
  });

  it('lets the application draw the words', () => {
    setUp([said(1, 'Hello.')], { children: ({ text }) => <b>{text.toUpperCase()}</b> });

    expect(screen.getByText('HELLO.').tagName).toBe('B');
  });

  it('announces an entry when it is final, as a new one, and not while it changes', () => {
    const { session, log } = setUp([said(1, 'Good', { final: false })]);
    const partial = screen.getByText('Good').closest('[data-role]');
    expect(partial?.getAttribute('aria-live')).toBe('off');

    act(() => session.push({ transcript: [said(1, 'Good morn', { final: false })] }));
    expect(screen.getByText('Good morn').closest('[data-role]')).toBe(partial);

    act(() => session.push({ transcript: [said(1, 'Good morning.')] }));
    const final = screen.getByText('Good morning.').closest('[data-role]');
    expect(final).not.toBe(partial);
    expect(final?.getAttribute('aria-live')).toBeNull();
    expect(log.getAttribute('aria-live')).toBe('polite');
  });

  it('keeps quiet where the application wants it to', () => {
    const { log } = setUp([], { live: 'off' });

    expect(log.getAttribute('aria-live')).toBe('off');
  });

  it('says that nothing has been said, in the application’s words if it has some', () => {
    const { rerender } = setUp([]);
    expect(screen.getByText(defaultLabels.transcriptEmpty)).toBeTruthy();

    rerender(<AvatarProvider session={createScriptedSession()}><Transcript empty={<p>Say hello.</p>} /></AvatarProvider>);
    expect(screen.getByText('Say hello.')).toBeTruthy();
  });

  it('stays at the newest entry', () => {
    const { session, log } = setUp([said(1, 'One.')]);
    const size = giveHeight(log);
    act(() => session.push({ transcript: [said(1, 'One.'), said(2, 'Two.')] }));
    expect(log.scrollTop).toBe(1_000);

    size.height = 1_100;
    act(() => session.push({ transcript: [said(1, 'One.'), said(2, 'Two.'), said(3, 'Three.')] }));
    expect(log.scrollTop).toBe(1_100);
  });

  it('yields to a reader who scrolls up, until that one comes back', () => {
    const { session, log } = setUp([said(1, 'One.')]);
    giveHeight(log);
    scrollTo(log, 800);
    scrollTo(log, 300);
    act(() => session.push({ transcript: [said(1, 'One.'), said(2, 'Two.')] }));
    expect(log.scrollTop).toBe(300);

    act(() => screen.getByRole('button', { name: defaultLabels.transcriptLatest }).click());
    expect(log.scrollTop).toBe(1_000);
    expect(document.activeElement).toBe(log);
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('yields to a reader who is quicker than the news of its own scrolling', () => {
    const { session, log } = setUp([said(1, 'One.')]);
    giveHeight(log);
    act(() => session.push({ transcript: [said(1, 'One.'), said(2, 'Two.')] }));
    // A browser tells once a frame: of the hook's step and the reader's together.
    scrollTo(log, 300);

    expect(screen.getByRole('button', { name: defaultLabels.transcriptLatest })).toBeTruthy();
  });

  it('does not mistake text that overtakes its own scrolling for a reader', () => {
    const { session, log } = setUp([said(1, 'One.')]);
    const size = giveHeight(log);
    scrollTo(log, 800);
    // More has come by the time the browser tells of the scrolling.
    size.height = 1_300;
    scrollTo(log, 820);
    act(() => session.push({ transcript: [said(1, 'One.'), said(2, 'Two.')] }));

    expect(log.scrollTop).toBe(1_300);
    expect(screen.queryByRole('button')).toBeNull();
  });
});

describe('formatTranscript', () => {
  const entries = [
    said(1, 'Good morning.', { startedAt: 10_000, changedAt: 11_000 }),
    said(2, 'Is <b>1 & 2</b>\n\n--> free?', { role: 'user', startedAt: 3_730_250, changedAt: 3_731_000 }),
    said(3, 'On', { interrupted: true, unheard: ' Thursday.', startedAt: 3_732_000, changedAt: 3_740_000 }),
    said(4, '', { startedAt: 3_741_000 }),
  ];

  it('writes a line an entry', () => {
    expect(formatTranscript(entries.slice(0, 1), 'text')).toBe('Assistant: Good morning.\n');
    expect(formatTranscript(entries.slice(2, 3), 'text', { roles: { user: 'Du', assistant: 'Ada' } })).toBe('Ada: On —\n');
  });

  it('writes the entries as they are', () => {
    expect(JSON.parse(formatTranscript(entries, 'json'))).toEqual(entries);
  });

  it('writes captions that begin with the first word, and that no text can break', () => {
    expect(formatTranscript(entries, 'vtt')).toBe(
      [
        'WEBVTT',
        '',
        '00:00:00.000 --> 00:00:01.500',
        '<v Assistant>Good morning.',
        '',
        '01:02:00.250 --> 01:02:01.810',
        '<v You>Is &lt;b&gt;1 &amp; 2&lt;/b&gt; --&gt; free?',
        '',
        '01:02:02.000 --> 01:02:10.000',
        '<v Assistant>On',
        '',
      ].join('\n'),
    );
  });

  it('puts captions one after the other where nobody has noted when they were said', () => {
    expect(formatTranscript([said(1, 'One.'), said(2, 'Two.')], 'vtt')).toContain('00:00:01.500 --> 00:00:03.000');
  });
});

describe('TranscriptSave', () => {
  it('saves what has been said, once there is something', async () => {
    const files: Blob[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
      if (file instanceof Blob) files.push(file);
      return 'blob:transcript';
    });
    const names: string[] = [];
    const onClick = (event: Event): void => {
      if (event.target instanceof HTMLAnchorElement) names.push(event.target.download);
      event.preventDefault();
    };
    document.addEventListener('click', onClick);
    const session = createScriptedSession();
    render(<AvatarProvider session={session}><TranscriptSave format="vtt" fileName="interview" /></AvatarProvider>);
    const button = screen.getByRole('button', { name: defaultLabels.transcriptSave.vtt });
    await userEvent.click(button);
    expect(files).toEqual([]);

    act(() => session.push({ transcript: [said(1, 'Hello.')] }));
    await userEvent.click(button);
    expect(await files[0]?.text()).toContain('<v Assistant>Hello.');
    expect(names).toEqual(['interview.vtt']);
    document.removeEventListener('click', onClick);
    vi.restoreAllMocks();
  });
});
