// The frame around a picture: a stage that takes the keyboard, zoom buttons, a spoken summary.
import Graph from "graphology";
import Sigma from "sigma";
import { ShapeProgram } from "./shapes.js";
import { calm, reader } from "./theme.js";

const ZOOM = { in: "+", out: "−", fit: "⤢" };

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export class Frame {
  constructor(parent) {
    this.root = element("div", { class: "root" });
    this.legend = element("div", { class: "legend" });
    this.stage = element("div", { class: "stage", tabindex: "0", role: "application" });
    this.canvas = element("div", { class: "canvas" });
    this.zoom = element("div", { class: "zoom", role: "group" });
    this.live = element("p", { class: "live", "aria-live": "polite" });
    this.stage.append(this.canvas);
    const picture = element("div", { class: "picture" }, this.stage, this.zoom);
    this.root.append(this.legend, picture, this.live);
    parent.append(this.root);
    this.theme = reader(this.root);
    this.buttons = Object.entries(ZOOM).map(([name, sign]) => {
      const button = element("button", { type: "button", class: name }, sign);
      button.onclick = () => this.move(name);
      this.zoom.append(button);
      return [name, button];
    });
    // sigma looks at the window only; the page's columns change without it
    this.observer = new ResizeObserver(() => this.sigma && this.canvas.clientWidth && this.sigma.resize().refresh({ skipIndexation: true }));
    this.observer.observe(this.canvas);
  }

  // Say in the language of the page what things are.
  name({ label, help, zoom }, height) {
    this.stage.setAttribute("aria-label", label);
    this.stage.setAttribute("aria-description", help);
    this.zoom.setAttribute("aria-label", zoom.group);
    for (const [name, button] of this.buttons) {
      button.setAttribute("aria-label", zoom[name]);
      button.title = zoom[name];
    }
    this.stage.style.height = `min(${height}px, 118vw)`; // no taller than a telephone is wide
  }

  // Draw another graph; `under` and `over` are drawn on canvases below and above the nodes.
  draw(graph, settings, { under, over }, box = null) {
    this.sigma?.kill();
    // first without nodes: each render of many costs, and the frame is not complete yet
    const sigma = (this.sigma = new Sigma(new Graph(), this.canvas, {
      allowInvalidContainer: true,
      zIndex: true,
      renderLabels: false,
      defaultDrawNodeHover: () => {},
      defaultNodeType: "shape",
      nodeProgramClasses: { shape: ShapeProgram },
      nodeHoverProgramClasses: { shape: ShapeProgram },
      doubleClickZoomingRatio: 1,
      inertiaDuration: calm() ? 0 : 200,
      ...settings,
    }));
    sigma.createCanvasContext("under", { beforeLayer: "nodes", style: { pointerEvents: "none" } });
    sigma.createCanvasContext("over", { afterLayer: "hoverNodes", style: { pointerEvents: "none" } });
    sigma.resize(true);
    sigma.on("afterRender", () => {
      for (const [layer, paint] of [["under", under], ["over", over]]) {
        const ctx = sigma.getCanvases()[layer].getContext("2d");
        const { width, height } = sigma.getDimensions();
        ctx.clearRect(0, 0, width, height);
        paint(ctx, width, height);
      }
    });
    if (box) sigma.setCustomBBox(box);
    sigma.setGraph(graph);
    return sigma;
  }

  get camera() {
    return this.sigma.getCamera();
  }

  move(how, duration = calm() ? 0 : 220) {
    if (!this.sigma) return;
    const { ratio } = this.camera.getState();
    if (how === "fit") this.camera.animate({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }, { duration });
    else this.camera.animate({ ratio: how === "in" ? ratio / 1.6 : ratio * 1.6 }, { duration });
  }

  say(text) {
    if (this.live.textContent !== text) this.live.textContent = text;
  }

  // For tests: where a node is in the window.
  point(id) {
    const node = this.sigma.getNodeDisplayData(id);
    const at = this.sigma.framedGraphToViewport(node);
    const { left, top } = this.canvas.getBoundingClientRect();
    return { x: left + at.x, y: top + at.y };
  }

  ready(version) {
    this.root.dataset.ready = version;
    this.root.point = (id) => this.point(id);
  }

  end() {
    this.observer.disconnect();
    this.sigma?.kill();
    this.root.remove();
  }
}
