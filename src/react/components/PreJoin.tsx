import { forwardRef, useId, useMemo, type ComponentPropsWithoutRef, type ReactElement, type ReactNode } from 'react';
import type { AvatarLabelOverrides } from '../labels/AvatarLabels.js';
import { AvatarContext, useAvatarContext } from '../AvatarContext.js';
import { englishDevices, type DeviceWords } from '../labels/DeviceLabels.js';
import { layWords } from '../labels/layWords.js';
import { englishSession } from '../labels/SessionLabels.js';
import { useWords } from '../labels/useWords.js';
import { useAudioStream } from '../hooks/useAudioStream.js';
import { usePreJoin, type UsePreJoinOptions, type UsePreJoinResult } from '../hooks/usePreJoin.js';
import { Button } from '../parts/Button.js';
import { EchoTest } from './EchoTest.js';
import { MicHelp } from './MicHelp.js';
import { MicLevel } from './MicLevel.js';
import { MicSelect } from './MicSelect.js';
import { MicToggle } from './MicToggle.js';
import { SpeakerSelect } from './SpeakerSelect.js';
import { SpeakerTest } from './SpeakerTest.js';
import { withClass } from '../parts/withClass.js';

export interface PreJoinProps extends ComponentPropsWithoutRef<'section'>, UsePreJoinOptions {
  /** What comes after the check, as `<Avatar />`. */
  readonly children?: ReactNode;
  /** Words that replace those of the provider. */
  readonly labels?: AvatarLabelOverrides;
}

/**
 * The step before a session: choose microphone and speaker, see the level, hear a test sound, test for echo, and start, with a
 * microphone or to listen only. Shows its children once the user goes on. Asks for the microphone only when the user turns it on, or
 * starts; in a session without one there is only a speaker to check. `data-state` is the trouble with the microphone, or `ready`.
 *
 * @example
 * ```tsx
 * <AvatarProvider grant="/api/avatar">
 *   <PreJoin>
 *     <Avatar />
 *   </PreJoin>
 * </AvatarProvider>
 * ```
 */
export const PreJoin = forwardRef<HTMLElement, PreJoinProps>(function PreJoin({ joined, defaultJoined, onJoinedChange, labels: overrides, children, className, ...props }, ref) {
  const context = useAvatarContext();
  const { start: startLabel } = useWords(englishSession, overrides);
  const labels = useWords(englishDevices, overrides);
  const below = useMemo(() => (overrides === undefined ? context : { ...context, words: layWords(context.words, overrides) }), [context, overrides]);
  const titleId = useId();
  const { joined: isOver, usesMicrophone, heard, trouble, start, listenOnly, startRef } = usePreJoin({ joined, defaultJoined, onJoinedChange });
  if (isOver) return <>{children}</>;
  return (
    <AvatarContext.Provider value={below}>
      <section
        aria-labelledby={titleId}
        {...props}
        ref={ref}
        className={withClass('visavis-prejoin', className)}
        data-visavis=""
        data-slot="pre-join"
        data-state={trouble ?? 'ready'}
      >
        {/* No <h2>: what a page does to its own wins over a cascade layer. */}
        <div id={titleId} className="visavis-prejoin-title" role="heading" aria-level={2}>
          {labels.preJoin}
        </div>
        {usesMicrophone && <MicrophoneCheck heard={heard} trouble={trouble} labels={labels} />}
        <div className="visavis-prejoin-part">
          <SpeakerSelect />
          <SpeakerTest />
          {usesMicrophone && trouble === null && <EchoTest />}
        </div>
        <div className="visavis-prejoin-actions">
          {/* The way that works is the one that stands out; the other stays, for who knows better. */}
          <Button own={{ onClick: start, children: startLabel }} slot="pre-join-start" look={trouble === null ? 'primary' : 'plain'} ref={startRef} />
          {usesMicrophone && <Button own={{ onClick: listenOnly, children: labels.listenOnly }} slot="pre-join-listen" look={trouble === null ? 'plain' : 'primary'} />}
        </div>
      </section>
    </AvatarContext.Provider>
  );
});

function MicrophoneCheck({ heard, trouble, labels }: Pick<UsePreJoinResult, 'heard' | 'trouble'> & { readonly labels: DeviceWords }): ReactElement {
  return (
    <div className="visavis-prejoin-part">
      <MicSelect />
      {trouble === null && (
        <div className="visavis-prejoin-voice">
          <MicToggle />
          <MicLevel variant="segments" />
          <MicHint heard={heard} labels={labels} />
        </div>
      )}
      <MicHelp />
    </div>
  );
}

function MicHint({ heard, labels }: { readonly heard: boolean; readonly labels: DeviceWords }): ReactElement {
  const { status } = useAudioStream();
  const text = heard ? labels.heard : status === 'on' ? labels.saySomething : labels.tryMicrophone;
  return (
    <span className="visavis-note" role="status" data-tone={heard ? 'good' : 'quiet'}>
      {text}
    </span>
  );
}
