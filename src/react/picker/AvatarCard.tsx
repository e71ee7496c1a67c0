import { useState, type ReactElement } from 'react';
import type { CatalogueAvatar } from '../../catalogue/CatalogueAvatar.js';
import type { CatalogueLabels } from '../labels/CatalogueLabels.js';
import { Poster } from '../parts/Poster.js';

interface AvatarCardProps {
  readonly avatar: CatalogueAvatar;
  readonly labels: CatalogueLabels;
  /** True while the pointer or the keyboard is on it. */
  readonly active: boolean;
}

/** What is seen of an avatar: its picture, which moves while it is looked at, its name, and what keeps it from being chosen. */
export function AvatarCard({ avatar, labels, active }: AvatarCardProps): ReactElement {
  const { avatarId, name, origin, status, usable, url, thumbnailUrl } = avatar;
  const film = isFilm(url) ? url : null;
  const mark = !usable ? (status === 'queueing' || status === 'processing' ? labels.avatarPreparing : labels.avatarUnavailable) : origin === 'own' ? labels.avatarOwn : null;
  return (
    <>
      <span className="visavis-card-media">
        <Poster />
        <Media key={thumbnailUrl ?? url ?? ''} src={thumbnailUrl ?? (film === null ? url : null)} kind="img" />
        {/* Asked for now and not before: fifty films are too much for a page. */}
        {active && film !== null && !prefersStillness() && <Media src={film} kind="video" />}
        {mark !== null && <span className="visavis-card-mark">{mark}</span>}
      </span>
      <span className="visavis-card-name">{name ?? avatarId}</span>
    </>
  );
}

/** A picture or film over the silhouette: seen once it is there, and not at all where it cannot be had. */
function Media({ src, kind }: { readonly src: string | null; readonly kind: 'img' | 'video' }): ReactElement | null {
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading');
  if (src === null || state === 'failed') return null;
  const onReady = (): void => setState('shown');
  const shared = { src, className: 'visavis-card-picture', onError: () => setState('failed') };
  if (kind === 'video') return <video {...shared} data-state={state} autoPlay muted loop playsInline disablePictureInPicture aria-hidden="true" tabIndex={-1} onPlaying={onReady} />;
  // The name stands beside it. A picture that the browser has kept may be there before React listens, so it is not hidden until then.
  return <img {...shared} alt="" loading="lazy" decoding="async" draggable={false} data-state="shown" />;
}

function isFilm(url: string | null): boolean {
  return url !== null && /\.(mp4|webm|mov|m4v)($|[?#])/i.test(url);
}

function prefersStillness(): boolean {
  return typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches;
}
