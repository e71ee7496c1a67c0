import { act, cleanup, render, screen } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Avatar, AvatarError, AvatarProvider, AvatarVideo, ConnectionStatus, defaultLabels, type AvatarVideoProps, type SessionState } from '../../src/index.js';
import { createScriptedSession } from '../../src/testing/createScriptedSession.js';

afterEach(cleanup);

type RemoteVideo = NonNullable<SessionState['video']>;

/** A picture whose first frame comes when the test says so. */
function createPicture(): { readonly element: HTMLVideoElement; readonly video: RemoteVideo; readonly detach: ReturnType<typeof vi.fn>; showFrame(): void } {
  const element = document.createElement('video');
  const detach = vi.fn(() => element.remove());
  return {
    element,
    detach,
    video: {
      // happy-dom has no tracks; nothing here looks into it.
      mediaStreamTrack: {} as MediaStreamTrack,
      attach(container) {
        container.append(element);
        return detach;
      },
    },
    showFrame: () => element.dispatchEvent(new Event('playing')),
  };
}

function pictureOf(container: HTMLElement): string | null | undefined {
  return container.querySelector('[data-slot="avatar-video"]')?.getAttribute('data-picture');
}

describe('AvatarVideo', () => {
  it('shows the poster until the first frame plays, then the picture, then takes it out again', () => {
    const picture = createPicture();
    const session = createScriptedSession({ state: { status: 'live' } });
    const { container } = render(<AvatarProvider session={session}><AvatarVideo poster={<p>Poster</p>} /></AvatarProvider>);
    expect(screen.getByText('Poster')).toBeTruthy();

    act(() => session.push({ video: picture.video }));
    expect(container.querySelector('video')).not.toBeNull();
    expect(pictureOf(container)).toBe('none');

    act(() => picture.showFrame());
    expect(pictureOf(container)).toBe('live');

    act(() => session.push({ status: 'ended', video: null }));
    expect(picture.detach).toHaveBeenCalledOnce();
    expect(pictureOf(container)).toBe('none');
    expect(container.querySelector('video')).toBeNull();
  });

  it('keeps the last picture while the session reconnects', () => {
    const picture = createPicture();
    const session = createScriptedSession({ state: { status: 'live', video: picture.video } });
    const { container } = render(<AvatarProvider session={session}><AvatarVideo /></AvatarProvider>);
    act(() => picture.showFrame());
    act(() => session.push({ status: 'reconnecting' }));
    expect(pictureOf(container)).toBe('held');

    act(() => session.push({ status: 'live' }));
    expect(pictureOf(container)).toBe('live');
  });

  it('says what failed and what to do, and tries again', () => {
    const session = createScriptedSession();
    const { container } = render(<Avatar session={session} />);
    act(() => session.push({ status: 'failed', error: new AvatarError('microphone-denied', { message: 'getUserMedia was refused.' }) }));

    expect(screen.getByRole('alert').textContent).toContain(defaultLabels.failure['microphone-blocked']);
    expect(screen.getByRole('alert').textContent).toContain(defaultLabels.failureMessage['microphone-denied']);
    expect(container.querySelector('details')?.textContent).toContain('getUserMedia was refused.');
    act(() => screen.getByRole('button', { name: defaultLabels.retry }).click());
    expect(session.calls).toEqual([{ method: 'start', args: [] }]);
  });

  it('lays the application’s own failure over the picture instead', () => {
    const session = createScriptedSession({ state: { status: 'failed', error: new AvatarError('avatar-busy', { message: 'Taken.' }) } });
    render(<Avatar session={session} renderFailure={({ reason }) => <p>Sorry: {reason}</p>} />);

    expect(screen.getByText('Sorry: avatar-busy')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('ConnectionStatus', () => {
  it.each([
    [{ status: 'idle' }, defaultLabels.status.idle, 'neutral'],
    [{ status: 'connecting' }, defaultLabels.status.connecting, 'busy'],
    [{ status: 'live', microphone: { status: 'on', muted: false, error: null, deviceId: null, interrupted: false } }, defaultLabels.listening, 'good'],
    [{ status: 'live', microphone: { status: 'on', muted: true, error: null, deviceId: null, interrupted: false } }, defaultLabels.muted, 'warning'],
    [{ status: 'connecting', progress: 'queueing' }, defaultLabels.progress.queueing, 'busy'],
    [{ status: 'connecting', progress: 'processing' }, defaultLabels.progress.processing, 'busy'],
    [{ status: 'live', room: 'reconnecting' }, defaultLabels.status.reconnecting, 'warning'],
    [{ status: 'live', network: { uplink: 1, downlink: 5 } }, defaultLabels.weakNetwork, 'warning'],
    [{ status: 'live', network: { uplink: 3, downlink: 2 } }, defaultLabels.status.live, 'good'],
    [{ status: 'reconnecting' }, defaultLabels.status.reconnecting, 'warning'],
    [{ status: 'failed', error: new AvatarError('no-avatar-available', { message: 'None free.' }) }, defaultLabels.failure.busy, 'bad'],
  ] satisfies [Partial<SessionState>, string, string][])('says %o in words, politely', (state, words, tone) => {
    render(<AvatarProvider session={createScriptedSession({ state })}><ConnectionStatus /></AvatarProvider>);
    const status = screen.getByRole('status');

    expect(status.textContent).toBe(words);
    expect(status.getAttribute('data-tone')).toBe(tone);
    expect(status.getAttribute('data-state')).toBe(state.status);
  });

  it('says it in the words of the nearest provider', () => {
    render(<Avatar session={createScriptedSession()} labels={{ status: { idle: 'Bereit' } }} />);

    expect(screen.getByRole('status').textContent).toBe('Bereit');
  });
});

describe('a picture that stands still', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  /** happy-dom shows no frames: one comes when the test says so. */
  function setUp(props: AvatarVideoProps = {}) {
    const picture = createPicture();
    const callbacks = new Map<number, () => void>();
    let requests = 0;
    picture.element.requestVideoFrameCallback = (callback) => {
      callbacks.set(++requests, () => callback(0, {} as VideoFrameCallbackMetadata));
      return requests;
    };
    picture.element.cancelVideoFrameCallback = (id) => void callbacks.delete(id);
    const session = createScriptedSession({ state: { status: 'live', video: picture.video } });
    const view = render(<StrictMode><AvatarProvider session={session}><AvatarVideo {...props} /></AvatarProvider></StrictMode>);
    act(() => picture.showFrame());
    const frame = (): void => {
      const [id, callback] = [...callbacks].at(-1) ?? [];
      if (id !== undefined) callbacks.delete(id);
      act(() => callback?.());
    };
    return { ...view, session, callbacks, frame, pass: (ms: number): void => act(() => void vi.advanceTimersByTime(ms)) };
  }

  it('says so after two seconds, and moves on with the next frame', () => {
    const { container, frame, pass } = setUp();
    for (let looks = 0; looks < 8; looks++) {
      frame();
      pass(500);
    }
    expect(pictureOf(container)).toBe('live');
    pass(1_500);
    expect(pictureOf(container)).toBe('frozen');
    expect(screen.getByText(defaultLabels.frozen)).toBeTruthy();

    frame();
    expect(pictureOf(container)).toBe('live');
    expect(screen.queryByText(defaultLabels.frozen)).toBeNull();
  });

  it('asks for two frames a second and no more, and for none once it is gone', () => {
    const { callbacks, frame, pass, unmount } = setUp();
    for (let ms = 0; ms < 400; ms += 40) {
      frame();
      pass(40);
    }
    expect(callbacks.size).toBe(0);
    unmount();
    pass(5_000);
    expect(callbacks.size).toBe(0);
  });

  it('is none while the page is hidden, nor while the connection is mended, which says so itself', () => {
    const { container, session, pass } = setUp();
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    pass(10_000);
    expect(pictureOf(container)).toBe('live');
    hidden.mockRestore();

    act(() => session.push({ status: 'reconnecting' }));
    pass(10_000);
    expect(pictureOf(container)).toBe('held');
    expect(screen.queryByText(defaultLabels.frozen)).toBeNull();
  });

  it('is none where the application says that the service sends no frames while nothing moves', () => {
    const { container, pass } = setUp({ frozenAfterMs: Infinity });
    pass(60_000);

    expect(pictureOf(container)).toBe('live');
  });
});

describe('an avatar that should be heard and is not', () => {
  it('is told of over the picture, politely, until it is heard', () => {
    const picture = createPicture();
    const session = createScriptedSession({ state: { status: 'live', video: picture.video } });
    const { container } = render(<AvatarProvider session={session}><AvatarVideo /></AvatarProvider>);
    act(() => picture.showFrame());
    expect(screen.queryByText(defaultLabels.silent)).toBeNull();

    act(() => session.push({ avatarSilent: true }));
    expect(screen.getByText(defaultLabels.silent).getAttribute('aria-live')).toBe('polite');
    expect(container.querySelector('[data-slot="avatar-video"]')?.hasAttribute('data-silent')).toBe(true);

    act(() => session.push({ avatarSilent: false }));
    expect(screen.queryByText(defaultLabels.silent)).toBeNull();
    expect(container.querySelector('[data-silent]')).toBeNull();
  });
});

describe('picture in picture', () => {
  it('has no button where the browser has no such thing', () => {
    const picture = createPicture();
    const session = createScriptedSession({ state: { status: 'live', video: picture.video } });
    render(<AvatarProvider session={session}><AvatarVideo pictureInPicture /></AvatarProvider>);
    act(() => picture.showFrame());

    expect(screen.queryByRole('button')).toBeNull();
  });

  it('has one while there is a picture, which tells where that is', async () => {
    const prototype = HTMLVideoElement.prototype;
    const request = vi.fn(async function (this: HTMLVideoElement) {
      this.dispatchEvent(new Event('enterpictureinpicture'));
      return {} as PictureInPictureWindow;
    });
    Object.defineProperty(document, 'pictureInPictureEnabled', { configurable: true, value: true });
    Object.defineProperty(prototype, 'requestPictureInPicture', { configurable: true, value: request });
    const picture = createPicture();
    const session = createScriptedSession({ state: { status: 'live', video: picture.video } });
    render(<AvatarProvider session={session}><AvatarVideo pictureInPicture labels={{ pictureInPicture: 'Pop out' }} /></AvatarProvider>);
    expect(screen.queryByRole('button')).toBeNull();

    act(() => picture.showFrame());
    const button = screen.getByRole('button', { name: 'Pop out' });
    await act(async () => button.click());
    expect(request).toHaveBeenCalledOnce();
    expect(button.getAttribute('aria-pressed')).toBe('true');
    act(() => void picture.element.dispatchEvent(new Event('leavepictureinpicture')));
    expect(button.getAttribute('aria-pressed')).toBe('false');

    Reflect.deleteProperty(document, 'pictureInPictureEnabled');
    Reflect.deleteProperty(prototype, 'requestPictureInPicture');
  });
});
