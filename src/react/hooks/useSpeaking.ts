import { useEffect, useState } from 'react';
import { systemClock } from '../../clock/clock.js';
import { useAvatarContext } from '../AvatarContext.js';
import { createSpeechActivity } from '../orb/createSpeechActivity.js';

/**
 * Whether the assistant can be heard at this moment, as its sound tells: with a face or without, and whatever the service
 * says of itself. Renders twice a reply, however often the level changes.
 *
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const speaking = useSpeaking();
 * return <p>{speaking ? 'Speaking' : 'Listening'}</p>;
 * ```
 */
export function useSpeaking(): boolean {
  const { session } = useAvatarContext();
  const [speaking, setSpeaking] = useState(false);
  useEffect(() => {
    const activity = createSpeechActivity(systemClock, setSpeaking);
    const unsubscribe = session.subscribeSpeechLevel(activity.hear);
    return () => {
      unsubscribe();
      activity.stop();
      setSpeaking(false);
    };
  }, [session]);
  return speaking;
}
