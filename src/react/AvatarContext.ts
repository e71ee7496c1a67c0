import { createContext, useContext } from 'react';
import { AvatarError } from '../errors/AvatarError.js';
import type { AvatarSession } from '../session/AvatarSession.js';
import type { CaptionChoice } from './captions/createCaptionChoice.js';
import type { AvatarViewStore } from './createAvatarView.js';
import type { DeviceChoices } from './devices/createDeviceChoices.js';
import type { FocusHandoff } from './focus/createFocusHandoff.js';
import type { Words } from './labels/layWords.js';

/** What `AvatarProvider` gives to everything below it. Holds nothing that changes while a session runs. */
export interface AvatarContextValue {
  readonly session: AvatarSession;
  readonly views: AvatarViewStore;
  readonly words: Words;
  readonly focus: FocusHandoff;
  readonly devices: DeviceChoices;
  readonly captions: CaptionChoice;
}

export const AvatarContext = createContext<AvatarContextValue | null>(null);

/** @throws AvatarError `invalid-options` outside of a provider */
export function useAvatarContext(): AvatarContextValue {
  const value = useContext(AvatarContext);
  if (value === null) {
    throw new AvatarError('invalid-options', {
      message: 'This visavis hook or component has no session. Put it inside <AvatarProvider grant="..."> or <Avatar grant="...">.',
    });
  }
  return value;
}
