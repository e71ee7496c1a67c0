import type { ReactElement } from 'react';

/** The picture before there is a picture: a quiet silhouette. Decoration, so hidden from assistive technology. */
export function Poster(): ReactElement {
  return (
    <svg className="visavis-poster" viewBox="0 0 400 400" preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false">
      <circle className="visavis-poster-halo" cx="200" cy="172" r="150" />
      <circle className="visavis-poster-halo" cx="200" cy="172" r="112" />
      <g className="visavis-poster-figure">
        <path className="visavis-poster-body" d="M40 420c4-84 44-112 96-127 20-6 35-14 35-34v-27h58v27c0 20 15 28 35 34 52 15 92 43 96 127z" />
        <path className="visavis-poster-shade" d="M171 232h58v24c-8 16-18 24-29 24s-21-8-29-24z" />
        <path className="visavis-poster-head" d="M200 92c38 0 60 28 60 68 0 52-28 92-60 92s-60-40-60-92c0-40 22-68 60-68z" />
      </g>
    </svg>
  );
}
