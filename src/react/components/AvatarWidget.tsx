import { forwardRef, useRef, type ComponentPropsWithoutRef, type ReactElement, type ReactNode } from 'react';
import { useAvatarWidget, type UseAvatarWidgetOptions } from '../hooks/useAvatarWidget.js';
import { useSpeaking } from '../hooks/useSpeaking.js';
import { useSpeechLevel } from '../hooks/useSpeechLevel.js';
import { englishConversation } from '../labels/ConversationLabels.js';
import { useWords } from '../labels/useWords.js';
import { loudness } from '../loudness.js';
import { MinimizeIcon, MoveIcon, TalkIcon } from '../parts/icons.js';
import { ProvidedSession, type SessionSource } from '../parts/ProvidedSession.js';
import { useMergedRefs } from '../slot/useMergedRefs.js';
import { Avatar } from './Avatar.js';
import { withClass } from '../parts/withClass.js';

/** How a widget looks and where it is. */
export interface AvatarWidgetOwnProps extends UseAvatarWidgetOptions, Pick<ComponentPropsWithoutRef<'div'>, 'className' | 'style' | 'id'> {
  /** What the window holds. Default: `<Avatar />`. */
  readonly children?: ReactNode;
  /** What the bubble shows. Default: a speech balloon. */
  readonly bubble?: ReactNode;
}

/** A session or its options, or neither inside an `AvatarProvider`; and how the widget looks. */
export type AvatarWidgetProps = AvatarWidgetOwnProps & SessionSource;

/**
 * An avatar that floats over the page: in a corner, dragged to another one or moved there with the arrow keys, minimised to a bubble that
 * shows when it speaks. The conversation goes on while it is minimised. Remembers its corner; Escape minimises; gives way where it
 * would cover what the page has the focus on. `data-state` is `open` or `minimized`, `data-corner` one of `start-start`, `start-end`,
 * `end-start`, `end-end`.
 *
 * @throws AvatarError `invalid-options` when it has neither a session, nor options of one, nor a provider around it
 * @example
 * ```tsx
 * <AvatarWidget grant="/api/avatar" labels={{ widget: 'Ada', widgetOpen: 'Talk to Ada' }} />
 * ```
 */
export const AvatarWidget = forwardRef<HTMLDivElement, AvatarWidgetProps>(function AvatarWidget(props, ref) {
  const { open, defaultOpen, onOpenChange, defaultCorner, onCornerChange, storageKey, className, style, id, bubble, children, ...source } = props;
  const options = { open, defaultOpen, onOpenChange, defaultCorner, onCornerChange, storageKey };
  return (
    <ProvidedSession source={source} name="AvatarWidget">
      <Floating className={className} style={style} id={id} bubble={bubble} options={options} ref={ref}>
        {children ?? <Avatar />}
      </Floating>
    </ProvidedSession>
  );
});

type FloatingProps = Pick<AvatarWidgetOwnProps, 'className' | 'style' | 'id' | 'bubble' | 'children'> & { readonly options: UseAvatarWidgetOptions };

const Floating = forwardRef<HTMLDivElement, FloatingProps>(function Floating({ options, className, bubble, children, ...props }, given) {
  const labels = useWords(englishConversation);
  const { open, corner, ref: ownRef, panelProps, bubbleProps, minimizeProps, moveProps } = useAvatarWidget(options);
  const ref = useMergedRefs(ownRef, given);
  return (
    <div
      {...props}
      ref={ref}
      className={withClass('visavis-widget', className)}
      data-visavis=""
      data-slot="avatar-widget"
      data-state={open ? 'open' : 'minimized'}
      data-corner={corner}
    >
      <div {...panelProps} className="visavis-widget-panel" aria-label={labels.widget}>
        <div className="visavis-widget-head">
          <button {...moveProps} className="visavis-button visavis-button-plain visavis-widget-move" aria-label={labels.widgetMove} title={labels.widgetMove}>
            <MoveIcon />
          </button>
          <button {...minimizeProps} className="visavis-button visavis-button-plain" aria-label={labels.widgetMinimize} title={labels.widgetMinimize}>
            <MinimizeIcon />
          </button>
        </div>
        {children}
      </div>
      <button {...bubbleProps} className="visavis-button visavis-button-primary visavis-widget-bubble" title={labels.widgetOpen}>
        {bubble ?? <TalkIcon />}
        <span className="visavis-hidden">{labels.widgetOpen}</span>
        {/* Who hears it from the window needs no bubble that listens. */}
        {!open && <Voice name={labels.widgetSpeaking} />}
      </button>
    </div>
  );
});

/** The assistant's voice around the bubble. */
function Voice({ name }: { readonly name: string }): ReactElement {
  const ref = useRef<HTMLSpanElement>(null);
  const speaking = useSpeaking();
  useSpeechLevel((level) => ref.current?.style.setProperty('--visavis-level', loudness(level).toFixed(3)));
  return (
    <span ref={ref} className="visavis-widget-voice" data-state={speaking ? 'speaking' : 'quiet'}>
      {speaking && <span className="visavis-hidden">, {name}</span>}
    </span>
  );
}
