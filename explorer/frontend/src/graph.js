// The explorer's pictures of the graph: `ego` a node and its neighbours, `map` the whole landscape.
// The map's columns come apart from how they are looked at, in a component of the same script that
// draws nothing: then a click or another colouring sends a few bytes and not the landscape.
import { Ego } from "./graph/ego.js";
import { Landscape } from "./graph/map.js";

const KINDS = { ego: Ego, map: Landscape };
const views = new WeakMap();
const columns = new Map();
const waiting = new Set();

function columnsCome(data) {
  columns.set(data.store, data);
  for (const show of [...waiting]) show();
}

export default function graph({ data, parentElement, setTriggerValue }) {
  if (!data) return;
  if (data.kind === "columns") return columnsCome(data);
  let view = views.get(parentElement);
  if (!view) views.set(parentElement, (view = new KINDS[data.kind](parentElement)));
  const act = (said) => setTriggerValue("act", { ...said, at: Date.now() });
  const show = () => {
    if (data.kind === "ego") return view.show(data, act);
    const known = columns.get(data.store);
    waiting.delete(view.show_);
    if (!known || known.version !== data.version) return void waiting.add((view.show_ = show));
    view.show(data, known, act);
  };
  waiting.delete(view.show_);
  show();
  return () => {
    waiting.delete(view.show_);
    views.get(parentElement)?.end();
    views.delete(parentElement);
  };
}
