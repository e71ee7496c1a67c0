'use client';
import { useState } from 'react';
import { Avatar, AvatarPicker, VoicePicker } from 'visavis';
import { akoolStreaming } from 'visavis/client';
import { useAvatarSource, useVoiceSource } from 'visavis/query';
import 'visavis/styles.css';
import { AVATARS, VOICES } from './lists';

/** An avatar, and who it shall be. The lists are there from the server's markup on; more of them is asked for from here. */
export function Conversation() {
  const [avatarId, setAvatarId] = useState<string | null>(null);
  const [voiceId, setVoiceId] = useState<string | null>(null);
  const avatars = useAvatarSource('/api/avatar', AVATARS);
  const voices = useVoiceSource('/api/avatar', VOICES);
  return (
    <>
      {/* Another avatar is another session: by its key it takes the place of the one before, and joins when that has left. */}
      <Avatar
        key={avatarId}
        grant="/api/avatar"
        avatar={akoolStreaming(avatarId === null ? {} : { avatarId })}
        params={voiceId === null ? {} : { voiceId }}
      />
      <AvatarPicker source={avatars} value={avatarId} onValueChange={setAvatarId} />
      <VoicePicker source={voices} value={voiceId} onValueChange={setVoiceId} />
    </>
  );
}
