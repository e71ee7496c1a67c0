import { useEffect, useMemo, type ComponentPropsWithoutRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useAvatarContext } from '../AvatarContext.js';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { englishConversation } from '../labels/ConversationLabels.js';
import { useWords } from '../labels/useWords.js';
import { talkGateOf } from '../talk/talkGateOf.js';
import { useAvatarSession } from './useAvatarSession.js';
import { useStoreValue } from './useStoreValue.js';

export interface UsePushToTalkResult {
  /** False while there is nobody to talk to, or no microphone. */
  readonly ready: boolean;
  /** True while the user is heard. */
  readonly talking: boolean;
  readonly label: string;
  /** For a key or a pedal of your own. False lets go of what this hook holds; another that still holds goes on. */
  readonly setTalking: (talking: boolean) => void;
  /** Pointer, touch and keyboard; spread it on a `<button>`. */
  readonly buttonProps: ComponentPropsWithoutRef<'button'>;
}

/**
 * A button that lets the user be heard while it is held, with a finger, a mouse, Space or Enter. While the component is there the
 * session is in the mode `push-to-talk`, and the mode of before returns with its end; a session that takes no turns mutes the microphone
 * instead. What can take the hand away lets go: the focus moves, the page is hidden, the connection is lost, the component goes. A
 * screen reader presses without holding: for it the button switches. Several on one session share it: any that is held is enough, all of
 * them show it, and the mode of before returns with the last one.
 *
 * @param overrides words that replace those of the provider.
 * @throws AvatarError `invalid-options` outside of an `AvatarProvider`
 * @example
 * ```tsx
 * const { talking, label, buttonProps } = usePushToTalk();
 * return <button {...buttonProps}>{label}</button>;
 * ```
 */
export function usePushToTalk(overrides?: AvatarLabelOverrides): UsePushToTalkResult {
  const { session } = useAvatarContext();
  const labels = useWords(englishConversation, overrides);
  const ready = useAvatarSession(({ status, microphone }) => status === 'live' && microphone.status === 'on');
  const gate = talkGateOf(session);
  const hand = useMemo(() => gate.createHand(), [gate]);
  const talking = useStoreValue(gate.talking, false);

  useEffect(() => hand.open(), [hand]);
  useEffect(() => gate.setReady(ready), [gate, ready]);

  return {
    ready,
    talking,
    label: talking ? labels.pushToTalkHeld : labels.pushToTalk,
    setTalking: hand.setTalking,
    buttonProps: {
      type: 'button',
      'aria-pressed': talking,
      'aria-disabled': ready ? undefined : true,
      ...{ 'data-state': talking ? 'talking' : ready ? 'ready' : 'unavailable' },
      onPointerDown(event: PointerEvent<HTMLButtonElement>) {
        if (event.button !== 0) return;
        // The finger may slide off the button while its owner talks.
        event.currentTarget.setPointerCapture?.(event.pointerId);
        hand.setTalking(true);
      },
      onPointerUp: hand.letGo,
      onPointerCancel: hand.letGo,
      onLostPointerCapture: hand.letGo,
      onBlur: hand.letGo,
      // A long touch is not for the menu.
      onContextMenu: (event) => event.preventDefault(),
      onKeyDown(event: KeyboardEvent<HTMLButtonElement>) {
        if (event.key !== ' ' && event.key !== 'Enter') return;
        // No click follows, and Space does not scroll.
        event.preventDefault();
        if (!event.repeat) hand.setTalking(true);
      },
      onKeyUp(event: KeyboardEvent<HTMLButtonElement>) {
        if (event.key !== ' ' && event.key !== 'Enter') return;
        event.preventDefault();
        hand.letGo();
      },
      onClick(event) {
        // Neither a pointer nor a key: assistive technology, which cannot hold.
        if (event.detail !== 0) return;
        if (talking) gate.letAllGo();
        else hand.setTalking(true);
      },
    },
  };
}
