/** What applications are made with, in the exact versions that they are tested with. */
export const PEERS = ['@roamhq/wrtc@0.10.0', '@napi-rs/canvas@1.1.1'] as const;
export const VITE = ['vite@8.3.8', '@vitejs/plugin-react@6.3.0'] as const;
export const WEBPACK = ['webpack@5.112.2', 'css-loader@7.1.5', 'mini-css-extract-plugin@2.10.2'] as const;
export const NEXT = ['next@16.4.6'] as const;

/** The oldest React that the package takes, and the newest one known to work. */
export const OLDEST_REACT = '18.2.0';
export const NEWEST_REACT = '19.3.1';

/** The oldest Node of `engines`, and the two long-term releases after it. */
export const NODES = ['20.19.0', '22.23.3', '24.21.0'] as const;

export function reactOf(version: string): readonly string[] {
  return [`react@${version}`, `react-dom@${version}`];
}
