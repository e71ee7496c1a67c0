import type { ReactElement } from 'react';

/** The picture before there is a picture: a quiet silhouette. Decoration, so hidden from assistive technology. */
export function Poster(): ReactElement {
  return (
    <svg className="visavis-poster" viewBox="0 0 400 400" preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false">
      <circle className="visavis-poster-halo" cx="200" cy="186" r="168" />
      <circle className="visavis-poster-halo" cx="200" cy="186" r="128" />
      <path className="visavis-poster-body" d="M58 420c0-88 50-138 142-138s142 50 142 138z" />
      <path className="visavis-poster-neck" d="M172 236h56v48c0 17-13 28-28 28s-28-11-28-28z" />
      <ellipse className="visavis-poster-head" cx="200" cy="178" rx="62" ry="76" />
    </svg>
  );
}
