/**
 * The colours of the picture; lights and shadows are glazes over them. Warm skin and a mustard sweater before a cool, dim
 * room: the contrast that keeps the silhouette readable at thumbnail size.
 */
export const palette = {
  skin: { light: '#ffd9b8', base: '#f6bd93', shade: '#dd9268', lid: '#eeb28a', lidShade: '#e3a077' },
  hair: { light: '#7d4a3c', base: '#532c2b', deep: '#331a20', shadow: '#2a141b', strand: '#9a5f48' },
  brow: '#4c2a29',
  eye: { white: '#fffaf4', lash: '#35191e', irisDeep: '#3c2a18', iris: '#7d5a2b', irisLight: '#c3924a', pupil: '#1c0f12' },
  lip: { upperLight: '#d2695d', upper: '#bb5750', lowerEdge: '#d9705f', lower: '#e07b6c', lowerShade: '#cf6556', line: '#a84a44' },
  /** The interior is by far the darkest thing near the mouth: tests measure the opening by it. */
  mouth: { interior: '#3a0d14', teeth: '#fffaf3', teethShade: '#e9d8cf', tongue: '#de7571', tongueLight: '#ee8f88' },
  sweater: { rim: '#ffe09a', lit: '#ffd778', light: '#f9c75b', base: '#eeac3a', shade: '#cc8526', deep: '#a5641c' },
  earring: { light: '#fff3cf', base: '#f3c24f', shade: '#b97b22' },
  room: {
    light: '#c9dfd3',
    base: '#86b3a9',
    deep: '#3f7076',
    daylight: '#fff6dd',
    daylightLow: '#f7d9ae',
    frame: '#e9efe2',
    leaf: '#3d7a60',
    leafLight: '#6ba57f',
    wood: '#a9714b',
    bookRed: '#d9785b',
    bookSand: '#f0cf8e',
    bookBlue: '#2f5a63',
    bookRose: '#c85f54',
    bookCream: '#e8e0cc',
  },
} as const;
