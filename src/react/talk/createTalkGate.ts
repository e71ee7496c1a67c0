import type { AvatarSession } from '../../session/AvatarSession.js';
import { createStore, type Store } from '../../store/createStore.js';

/** Whether the user is heard, by what the hand does. */
export interface TalkGate {
  readonly talking: Pick<Store<boolean>, 'get' | 'subscribe'>;
  /** Has the session listen only while talking, and watches for what takes the hand away. @returns ends that, and lets go. */
  open(): () => void;
  /** Nobody to talk to lets go. */
  setReady(ready: boolean): void;
  setTalking(talking: boolean): void;
  letGo(): void;
}

/** Makes a gate that is shut, and watches nothing yet. */
export function createTalkGate(session: AvatarSession): TalkGate {
  const talking = createStore(false);
  let ready = false;

  function setTalking(next: boolean): void {
    const heard = next && ready;
    if (heard === talking.get()) return;
    if (session.getTurnMode() === null) session.microphone.setMuted(!heard);
    else session.setTalking(heard);
    talking.set(heard);
  }

  const letGo = (): void => setTalking(false);
  const onVisibilityChange = (): void => {
    if (document.hidden) letGo();
  };

  return {
    talking,
    open() {
      const before = session.getTurnMode();
      const { muted } = session.microphone.getSnapshot();
      if (before === null) session.microphone.setMuted(true);
      else session.setTurnMode('push-to-talk');
      window.addEventListener('blur', letGo);
      document.addEventListener('visibilitychange', onVisibilityChange);
      return () => {
        letGo();
        window.removeEventListener('blur', letGo);
        document.removeEventListener('visibilitychange', onVisibilityChange);
        if (before === null) session.microphone.setMuted(muted);
        else session.setTurnMode(before);
      };
    },
    setReady(next) {
      ready = next;
      if (!next) letGo();
    },
    setTalking,
    letGo,
  };
}
