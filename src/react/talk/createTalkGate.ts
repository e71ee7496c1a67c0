import type { AvatarSession } from '../../session/AvatarSession.js';
import { createStore, type Store } from '../../store/createStore.js';

/** One of the hands that can hold a gate: a button, a key, a pedal. */
export interface TalkHand {
  /** Has the session listen only while talking, and watches for what takes every hand away. @returns ends that, and lets go. */
  open(): () => void;
  setTalking(talking: boolean): void;
  letGo(): void;
}

/** Whether the user is heard, by what the hands do: any of them that holds is enough. */
export interface TalkGate {
  readonly talking: Pick<Store<boolean>, 'get' | 'subscribe'>;
  /** A hand more. It does nothing before it is opened. */
  createHand(): TalkHand;
  /** Nobody to talk to lets go. */
  setReady(ready: boolean): void;
  letAllGo(): void;
}

/** Makes a gate that is shut, and watches nothing yet. */
export function createTalkGate(session: AvatarSession): TalkGate {
  const talking = createStore(false);
  const open = new Set<TalkHand>();
  const holding = new Set<TalkHand>();
  let ready = false;
  let shut = (): void => undefined;

  function update(): void {
    const heard = holding.size > 0;
    if (heard === talking.get()) return;
    if (session.getTurnMode() === null) session.microphone.setMuted(!heard);
    else session.setTalking(heard);
    talking.set(heard);
  }

  function letAllGo(): void {
    holding.clear();
    update();
  }

  const onVisibilityChange = (): void => {
    if (document.hidden) letAllGo();
  };

  /** What the session was before the first hand, it is again after the last one. */
  function begin(): () => void {
    const before = session.getTurnMode();
    const { muted } = session.microphone.getSnapshot();
    if (before === null) session.microphone.setMuted(true);
    else session.setTurnMode('push-to-talk');
    window.addEventListener('blur', letAllGo);
    document.addEventListener('visibilitychange', onVisibilityChange);
    return () => {
      window.removeEventListener('blur', letAllGo);
      document.removeEventListener('visibilitychange', onVisibilityChange);
      if (before === null) session.microphone.setMuted(muted);
      else session.setTurnMode(before);
    };
  }

  return {
    talking,
    createHand() {
      const hand: TalkHand = {
        open() {
          if (open.size === 0) shut = begin();
          open.add(hand);
          return () => {
            hand.letGo();
            if (open.delete(hand) && open.size === 0) shut();
          };
        },
        setTalking(next) {
          if (next && ready) holding.add(hand);
          else holding.delete(hand);
          update();
        },
        letGo: () => hand.setTalking(false),
      };
      return hand;
    },
    setReady(next) {
      ready = next;
      if (!next) letAllGo();
    },
    letAllGo,
  };
}
