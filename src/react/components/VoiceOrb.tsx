import { forwardRef, type ComponentPropsWithoutRef } from 'react';
import { useVoiceOrb } from '../hooks/useVoiceOrb.js';
import { englishSession } from '../labels/SessionLabels.js';
import { useWords } from '../labels/useWords.js';
import { useMergedRefs } from '../slot/useMergedRefs.js';
import { withClass } from '../parts/withClass.js';

export type VoiceOrbProps = Omit<ComponentPropsWithoutRef<'div'>, 'children'>;

/**
 * The picture of a conversation without a face: an orb that follows the user's voice while it listens and the assistant's
 * while it speaks. `<Avatar>` shows it by itself in a session without an avatar. 12rem wide (`--visavis-orb-size`).
 * `data-state` is one of `idle`, `connecting`, `listening`, `muted`, `speaking`, `reconnecting`, `failed`; the level is the
 * custom property `--visavis-level` (0 to 1). Its accessible name says the state and announces nothing.
 *
 * @example
 * ```tsx
 * <AvatarProvider grant="/api/avatar" voice={dve({ assistantId: 'host' })}>
 *   <VoiceOrb />
 *   <StartButton />
 * </AvatarProvider>
 * ```
 */
export const VoiceOrb = forwardRef<HTMLDivElement, VoiceOrbProps>(function VoiceOrb({ className, ...props }, given) {
  const labels = useWords(englishSession);
  const { state, label, ref } = useVoiceOrb();
  const mergedRef = useMergedRefs(ref, given);
  return (
    <div
      role="img"
      aria-label={`${labels.orb}: ${label}`}
      {...props}
      ref={mergedRef}
      className={withClass('visavis-orb', className)}
      data-visavis=""
      data-slot="voice-orb"
      data-state={state}
    >
      <span className="visavis-orb-halo" />
      <span className="visavis-orb-halo" />
      <span className="visavis-orb-body">
        <span className="visavis-orb-cloud" />
        <span className="visavis-orb-cloud" />
        <span className="visavis-orb-glow" />
        <span className="visavis-orb-shine" />
      </span>
    </div>
  );
});
