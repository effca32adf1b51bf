// One WebGL program for all nodes: a type has a shape besides its colour, and a node may have a rim.
import { NodeProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";

export const SHAPES = ["circle", "square", "rounded", "hexagon", "triangle", "diamond", "sheet", "star"];

const VERTEX = /*glsl*/ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec4 a_rim;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute float a_width;
attribute float a_angle;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec4 v_rim;
varying vec2 v_place;
varying float v_shape;
varying float v_width;
varying float v_pixel;
const float bias = 255.0 / 254.0;
void main() {
  float radius = a_size * u_correctionRatio / u_sizeRatio * 2.0;
  v_pixel = 2.0 * u_correctionRatio / radius;
  v_width = a_width * v_pixel;
  float reach = a_shape < 0.5 ? 2.1 + 2.0 * v_width : 3.2; // a triangle around the shape, no larger
  vec2 corner = reach * vec2(cos(a_angle), sin(a_angle));
  gl_Position = vec4((u_matrix * vec3(a_position + radius * corner, 1)).xy, 0, 1);
  v_place = corner;
  v_shape = a_shape;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_rim = a_rim;
  v_color.a *= bias;
  v_rim.a *= bias;
}`;

// Signed distances to each outline, below 0 inside, in units of the node's size; y points up.
const FRAGMENT = /*glsl*/ `
precision highp float;
varying vec4 v_color;
varying vec4 v_rim;
varying vec2 v_place;
varying float v_shape;
varying float v_width;
varying float v_pixel;
float outline(vec2 p) {
  vec2 q = abs(p);
  if (v_shape < 0.5) return length(p) - 0.95;
  if (v_shape < 1.5) return max(q.x, q.y) - 0.84;
  if (v_shape < 2.5) return length(max(q - 0.46, 0.0)) - 0.42;
  if (v_shape < 3.5) return max(q.x * 0.866 + q.y * 0.5, q.y) - 0.88;
  if (v_shape < 4.5) return max(q.x * 0.866 + (p.y + 0.12) * 0.5, -(p.y + 0.12)) - 0.58;
  if (v_shape < 5.5) return (q.x + q.y - 1.16) * 0.7071;
  if (v_shape < 6.5) return max(max(q.x - 0.72, q.y - 0.94), (p.x + p.y - 1.08) * 0.7071);
  float turn = abs(mod(atan(p.x, p.y) + 0.62832, 1.25664) - 0.62832); // a fifth of a star, folded
  return dot(length(p) * vec2(cos(turn), sin(turn)) - vec2(1.15, 0.0), vec2(0.348, 0.938));
}
void main() {
  float d = outline(v_place) - v_width;
  #ifdef PICKING_MODE
  gl_FragColor = d > 0.0 ? vec4(0.0) : v_color;
  #else
  float inside = 1.0 - smoothstep(-v_pixel, 0.0, d);
  float rim = v_width > 0.0 ? smoothstep(-v_width - v_pixel, -v_width, d) : 0.0;
  gl_FragColor = mix(v_color, v_rim, rim) * inside;
  #endif
}`;

const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
const bytes = (name) => ({ name, size: 4, type: UNSIGNED_BYTE, normalized: true });
const number = (name, size = 1) => ({ name, size, type: FLOAT });

export class ShapeProgram extends NodeProgram {
  getDefinition() {
    return {
      VERTICES: 3,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLES,
      UNIFORMS: ["u_sizeRatio", "u_correctionRatio", "u_matrix"],
      ATTRIBUTES: [number("a_position", 2), number("a_size"), bytes("a_color"), bytes("a_rim"), number("a_shape"), number("a_width"), bytes("a_id")],
      CONSTANT_ATTRIBUTES: [number("a_angle")],
      CONSTANT_DATA: [[Math.PI / 2], [(7 * Math.PI) / 6], [(11 * Math.PI) / 6]],
    };
  }

  processVisibleItem(index, start, node) {
    const { array } = this;
    array[start++] = node.x;
    array[start++] = node.y;
    array[start++] = node.size;
    array[start++] = floatColor(node.color);
    array[start++] = floatColor(node.rim || node.color);
    array[start++] = node.shape || 0;
    array[start++] = node.rim ? node.rimWidth || 2 : 0; // pixels
    array[start++] = index;
  }

  setUniforms(params, { gl, uniformLocations }) {
    gl.uniform1f(uniformLocations.u_correctionRatio, params.correctionRatio);
    gl.uniform1f(uniformLocations.u_sizeRatio, params.sizeRatio);
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, params.matrix);
  }
}
