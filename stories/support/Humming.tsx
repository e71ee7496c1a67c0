import { useEffect, type ReactElement, type ReactNode } from 'react';
import { useAvatarSession } from '../../src/index.js';
import type { ScriptedSession } from '../../src/testing/createScriptedSession.js';
import { createHum } from './createHum.js';

/** Lets the user or the assistant of a scripted session talk for as long as the story is looked at. */
export function Humming({ who, children }: { readonly who: 'user' | 'assistant'; readonly children: ReactNode }): ReactElement {
  const session = useAvatarSession((view) => view.session);
  useEffect(() => {
    // A scripted story has no other kind of session.
    const { emitLevel, emitSpeechLevel } = session as ScriptedSession;
    return createHum(who === 'user' ? emitLevel : emitSpeechLevel);
  }, [session, who]);
  return <>{children}</>;
}
