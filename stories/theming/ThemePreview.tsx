import { useState, type CSSProperties, type ReactElement } from 'react';
import { Avatar, AvatarProvider, ConnectionStatus, StartButton, Transcript } from '../../src/index.js';
import { createScriptedSession, type ScriptedSession } from '../../src/testing/createScriptedSession.js';
import { sampleError } from '../support/sampleErrors.js';
import { sampleTranscript } from '../support/sampleTranscript.js';
import { on } from '../support/states.js';
import type { ThemeValues } from './exampleThemes.js';

export interface ThemePreviewProps {
  readonly title: string;
  readonly scheme: 'light' | 'dark';
  readonly direction?: 'ltr' | 'rtl';
  /** How wide an avatar is. */
  readonly size: string;
  readonly values: ThemeValues;
}

interface Sessions {
  readonly idle: ScriptedSession;
  readonly voice: ScriptedSession;
  readonly failed: ScriptedSession;
}

/** The components as a theme makes them: an avatar that waits, a voice, a failure, and a conversation. */
export function ThemePreview({ title, scheme, direction = 'ltr', size, values }: ThemePreviewProps): ReactElement {
  const [{ idle, voice, failed }] = useState(createSessions);
  // Custom properties are no property that React knows of.
  const style = { ...values, '--visavis-size': size } as CSSProperties;
  const labelled = (what: string) => ({ avatar: `${what}, ${title}`, orb: `${what}, ${title}`, transcript: `Conversation, ${title}`, controls: `Controls, ${what}, ${title}` });
  return (
    <section className="story-page theme-preview" data-theme={scheme} dir={direction} style={style} aria-label={title}>
      <h2>{title}</h2>
      <div className="theme-preview-row">
        <Avatar session={idle} labels={labelled('Waiting')} />
        <Avatar session={voice} labels={labelled('Voice')} />
        <Avatar session={failed} labels={labelled('Failed')} />
      </div>
      <AvatarProvider session={voice} labels={labelled('Voice')}>
        <Transcript />
      </AvatarProvider>
      <AvatarProvider session={idle}>
        <div className="story-row">
          <StartButton />
          <ConnectionStatus />
        </div>
      </AvatarProvider>
    </section>
  );
}

function createSessions(): Sessions {
  return {
    idle: createScriptedSession(),
    voice: createScriptedSession({ usesAvatar: false, state: { status: 'live', microphone: on, transcript: sampleTranscript() } }),
    failed: createScriptedSession({ state: { status: 'failed', error: sampleError('no-avatar-available') } }),
  };
}
