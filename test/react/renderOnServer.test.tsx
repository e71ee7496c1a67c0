// @vitest-environment node
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import {
  AutoplayUnlock,
  Avatar,
  AvatarErrorBoundary,
  AvatarProvider,
  AvatarVideo,
  AvatarWidget,
  Captions,
  ConnectionQuality,
  defaultLabels,
  MessageInput,
  PushToTalkButton,
  SessionTimer,
  Transcript,
  TranscriptSave,
  useAvatarSession,
} from '../../src/index.js';
import { createScriptedSession } from '../../src/testing/createScriptedSession.js';

describe('rendering on a server', () => {
  it('runs where there is neither window nor document', () => {
    expect(typeof window).toBe('undefined');
    expect(typeof document).toBe('undefined');
  });

  it('renders the one-line avatar ready to start', () => {
    const html = renderToString(<Avatar grant="/api/avatar" />);

    expect(html).toContain(defaultLabels.start);
    expect(html).toContain(defaultLabels.status.idle);
    expect(html).toContain(defaultLabels.microphoneHint);
  });

  it('renders the initial state even of a session that is further on, so that hydration matches', () => {
    const Status = () => <p>{useAvatarSession((view) => view.status)}</p>;
    const session = createScriptedSession({ state: { status: 'live' } });

    const html = renderToString(
      <AvatarProvider session={session}>
        <Status />
      </AvatarProvider>,
    );

    expect(html).toContain('<p>idle</p>');
  });

  it('renders an orb and captions of a session without a face, listening to nothing', () => {
    const session = createScriptedSession({ usesAvatar: false, state: { status: 'live' } });

    const html = renderToString(
      <AvatarProvider session={session}>
        <Avatar />
        <Transcript />
      </AvatarProvider>,
    );

    expect(html).toContain(`${defaultLabels.orb}: ${defaultLabels.status.idle}`);
    expect(html).toContain(defaultLabels.transcriptEmpty);
    expect(session.speechListenerCount).toBe(0);
  });

  it('renders every part of a conversation, and of a widget its bubble', () => {
    const session = createScriptedSession({ state: { status: 'live', liveAt: 1, sound: 'blocked', room: 'joined' } });

    const html = renderToString(
      <AvatarErrorBoundary>
        <AvatarProvider session={session}>
          <AvatarVideo pictureInPicture background="remove" />
          <Captions open />
          <MessageInput />
          <PushToTalkButton />
          <SessionTimer />
          <ConnectionQuality />
          <TranscriptSave />
          <AutoplayUnlock />
          <AvatarWidget />
        </AvatarProvider>
      </AvatarErrorBoundary>,
    );

    expect(html).toContain(defaultLabels.messagePlaceholder);
    expect(html).toContain(defaultLabels.pushToTalk);
    expect(html).toContain(defaultLabels.connection.unknown);
    expect(html).toContain('data-corner="end-end"');
    expect(html).not.toContain('role="timer"');
    expect(session.calls).toEqual([]);
  });

  it('neither starts nor retains a session', () => {
    const session = createScriptedSession();
    renderToString(<Avatar session={session} />);

    expect(session.calls).toEqual([]);
    expect(session.retainCount).toBe(0);
  });
});
