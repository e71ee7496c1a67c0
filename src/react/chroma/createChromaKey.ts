import { chromaOf, type Rgb } from './keyColor.js';

/** Draws pictures without their wall. */
export interface ChromaKey {
  /** @returns false once the graphics card has taken the drawing away. */
  draw(video: HTMLVideoElement): boolean;
  close(): void;
}

const VERTEX = `
attribute vec2 corner;
varying vec2 at;
void main() {
  at = corner * 0.5 + 0.5;
  gl_Position = vec4(corner, 0.0, 1.0);
}`;

/*
 * How far a pixel's colour lies from the wall's decides what is seen of it; the colour is that of the neighbourhood, since video has
 * one colour for four pixels. What is left of the wall's colour at the edges is taken out: a person before a green wall has green hair.
 */
const FRAGMENT = `
precision mediump float;
varying vec2 at;
uniform sampler2D picture;
uniform vec2 texel;
uniform vec2 wall;
vec2 chroma(vec3 color) {
  return vec2(dot(color, vec3(-0.168736, -0.331264, 0.5)), dot(color, vec3(0.5, -0.418688, -0.081312)));
}
vec2 around(vec2 shift) {
  return chroma(texture2D(picture, at + shift * texel).rgb);
}
void main() {
  vec3 color = texture2D(picture, at).rgb;
  vec2 near = (chroma(color) * 2.0 + around(vec2(-1.0, 0.0)) + around(vec2(1.0, 0.0)) + around(vec2(0.0, -1.0)) + around(vec2(0.0, 1.0))) / 6.0;
  float size = length(wall);
  float away = distance(near, wall) / size;
  float alpha = smoothstep(0.42, 0.68, away);
  vec2 own = chroma(color);
  vec2 clean = own - wall / size * max(0.0, dot(own, wall / size)) * (1.0 - smoothstep(0.68, 0.88, away));
  float light = dot(color, vec3(0.299, 0.587, 0.114));
  vec3 shown = vec3(light + 1.402 * clean.y, light - 0.344136 * clean.x - 0.714136 * clean.y, light + 1.772 * clean.x);
  gl_FragColor = vec4(clamp(shown, 0.0, 1.0) * alpha, alpha);
}`;

/** Makes a key for one colour on a canvas; null where there is no WebGL. */
export function createChromaKey(canvas: HTMLCanvasElement, color: Rgb): ChromaKey | null {
  const gl = canvas.getContext('webgl', { alpha: true, antialias: false, depth: false, premultipliedAlpha: true });
  const program = gl && link(gl);
  if (!gl || !program) return null;
  gl.useProgram(program);
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]), gl.STATIC_DRAW);
  const corner = gl.getAttribLocation(program, 'corner');
  gl.enableVertexAttribArray(corner);
  gl.vertexAttribPointer(corner, 2, gl.FLOAT, false, 0, 0);
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, true);
  // A picture's sides are no powers of two.
  for (const side of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, side, gl.CLAMP_TO_EDGE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
  gl.uniform2f(gl.getUniformLocation(program, 'wall'), ...chromaOf(color));
  const texel = gl.getUniformLocation(program, 'texel');

  return {
    draw(video) {
      if (gl.isContextLost()) return false;
      const { videoWidth: width, videoHeight: height } = video;
      if (width === 0) return true;
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
        gl.viewport(0, 0, width, height);
      }
      gl.uniform2f(texel, 1 / width, 1 / height);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGB, gl.RGB, gl.UNSIGNED_BYTE, video);
      gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
      return true;
    },
    close() {
      // The context itself stays with the canvas, which may be keyed again.
      gl.deleteTexture(texture);
      gl.deleteProgram(program);
    },
  };
}

function link(gl: WebGLRenderingContext): WebGLProgram | null {
  const program = gl.createProgram();
  for (const [type, source] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]] as const) {
    const shader = gl.createShader(type);
    if (!shader) return null;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) === true ? program : null;
}
