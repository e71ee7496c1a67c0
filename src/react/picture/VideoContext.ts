import { createContext } from 'react';
import type { UseAvatarVideoResult } from '../hooks/useAvatarVideo.js';

/** What `AvatarVideo` gives to the buttons that are put into it. */
export const VideoContext = createContext<UseAvatarVideoResult | null>(null);
