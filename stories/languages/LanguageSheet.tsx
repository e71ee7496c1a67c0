import { useState, type ReactElement, type ReactNode } from 'react';
import { Avatar, AvatarProvider, ConnectionQuality, MessageInput, MicHelp, PreJoin, PushToTalkButton, SessionTimer, Transcript, TranscriptSave, VoicePicker, type AvatarLabels, type Platform, type SessionState } from '../../src/index.js';
import { createScriptedSession } from '../../src/testing/createScriptedSession.js';
import { sampleVoices } from '../support/sampleCatalogue.js';
import { sampleError } from '../support/sampleErrors.js';
import { sampleTranscript } from '../support/sampleTranscript.js';
import { muted, on } from '../support/states.js';

const iphone: Platform = { browser: 'chrome', browserName: 'Chrome', os: 'ios', inApp: false, framed: false };
const denied = sampleError('microphone-denied');

/** States of an avatar, each with the words that belong to it. */
const STATES: readonly Partial<SessionState>[] = [
  { status: 'idle' },
  { status: 'connecting', progress: 'queueing' },
  { status: 'live', microphone: on, sound: 'playing' },
  { status: 'live', microphone: muted, sound: 'blocked' },
  { status: 'reconnecting', microphone: on },
  { status: 'failed', error: denied, microphone: { ...muted, status: 'failed', error: denied } },
  { status: 'failed', error: sampleError('no-avatar-available') },
  { status: 'ended' },
];

export interface LanguageSheetProps {
  readonly labels: AvatarLabels;
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
}

/** The words of one language on all that says many of them, to be looked through at a glance. */
export function LanguageSheet({ labels, lang, dir }: LanguageSheetProps): ReactElement {
  return (
    <div lang={lang} dir={dir} className="story-grid">
      {STATES.map((state, index) => <Cell key={index} labels={labels} state={state}><Avatar /></Cell>)}
      <Cell labels={labels} state={STATES[2]}><div style={{ inlineSize: '15rem' }}><Avatar /></div></Cell>
      <Cell labels={labels} state={STATES[0]}><PreJoin><Avatar /></PreJoin></Cell>
      <Cell labels={labels} state={STATES[5]}><MicHelp trouble="blocked" platform={iphone} /></Cell>
      <Cell labels={labels} state={STATES[5]}><MicHelp trouble="system" platform={{ ...iphone, os: 'windows' }} /></Cell>
      <Cell labels={labels} state={STATES[2]}>
        <div style={{ display: 'grid', gap: '1rem', justifyItems: 'start' }}>
          <SessionTimer />
          <ConnectionQuality />
          <PushToTalkButton />
          <TranscriptSave />
        </div>
      </Cell>
      <Cell labels={labels} state={{ status: 'idle' }}><MessageInput /></Cell>
      <Cell labels={labels} state={{ status: 'live', transcript: sampleTranscript() }}><Transcript /></Cell>
      <Cell labels={labels} state={{ status: 'idle' }}><VoicePicker items={sampleVoices(null)} /></Cell>
    </div>
  );
}

function Cell({ labels, state = {}, children }: { readonly labels: AvatarLabels; readonly state?: Partial<SessionState> | undefined; readonly children: ReactNode }): ReactElement {
  const [session] = useState(() => createScriptedSession({ state }));
  return (
    <AvatarProvider session={session} labels={labels}>
      <div>{children}</div>
    </AvatarProvider>
  );
}
