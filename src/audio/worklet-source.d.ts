/** A worklet, bundled with everything it imports, as the text of one self-contained script. */
declare module '*?worklet' {
  const source: string;
  export default source;
}
