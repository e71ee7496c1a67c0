/**
 * Every colour of the picture. Warm skin and a mustard sweater before a cool, dim room:
 * the contrast that keeps the silhouette readable at thumbnail size.
 */
export const palette = {
  skin: { light: '#ffd9b8', base: '#f6bd93', shade: '#dd9268', deep: '#c0734f', rim: '#ffe9d2' },
  blush: '#ee7a62',
  hair: { light: '#7d4a3c', base: '#532c2b', deep: '#331a20', strand: '#9a5f48' },
  brow: '#4c2a29',
  eye: { white: '#fffaf4', whiteShade: '#d9c6bd', lash: '#35191e', irisDeep: '#3c2a18', iris: '#7d5a2b', irisLight: '#c3924a', pupil: '#1c0f12' },
  lip: { upper: '#c95f55', lower: '#e07b6c', light: '#f5a796', line: '#a84a44' },
  mouth: { interior: '#3a0d14', teeth: '#fffaf3', teethShade: '#e9d8cf', tongue: '#de7571', tongueLight: '#ee8f88' },
  sweater: { light: '#f9c75b', base: '#eeac3a', shade: '#cc8526', deep: '#a5641c' },
  earring: { light: '#fff3cf', base: '#f3c24f', shade: '#b97b22' },
  room: { light: '#c9dfd3', base: '#86b3a9', deep: '#3f7076', far: '#2f5a63', glow: '#ffe3b0', leaf: '#3d7a60', leafLight: '#6ba57f', wood: '#a9714b', pot: '#d98a63' },
} as const;
