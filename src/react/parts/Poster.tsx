import type { ReactElement } from 'react';

/** The picture before there is a picture: a quiet silhouette. Decoration, so hidden from assistive technology. */
export function Poster(): ReactElement {
  return (
    <svg className="visavis-poster" viewBox="0 0 400 400" preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false">
      <circle className="visavis-poster-halo" cx="200" cy="172" r="150" />
      <circle className="visavis-poster-halo" cx="200" cy="172" r="112" />
      <g className="visavis-poster-figure">
        <path className="visavis-poster-body" d="M40 420c4-84 44-112 96-127 20-6 30-14 30-34v-20h68v20c0 20 10 28 30 34 52 15 92 43 96 127z" />
        <path className="visavis-poster-shade" d="M166 238h68v18c-9 18-22 28-34 28s-25-10-34-28z" />
        <path className="visavis-poster-head" d="M200 92c38 0 60 28 60 68 0 52-28 92-60 92s-60-40-60-92c0-40 22-68 60-68z" />
      </g>
    </svg>
  );
}
