// An editor for Cypher on CodeMirror 6. The browser owns the text while it is typed; Python hears of
// it when the field is left and when it is run, and replaces it only under a new `revision`.
import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, snippetCompletion } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { cypher } from "@codemirror/legacy-modes/mode/cypher";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { tags } from "@lezer/highlight";

// Words of the portable subset only: what is refused or differs between engines is not proposed.
const KEYWORDS = [
  "MATCH", "OPTIONAL MATCH", "WHERE", "RETURN", "WITH", "UNWIND", "ORDER BY", "DESC", "SKIP", "LIMIT", "DISTINCT", "AS", "AND", "OR",
  "NOT", "IN", "CONTAINS", "STARTS WITH", "ENDS WITH", "IS NULL", "IS NOT NULL", "CASE", "WHEN", "THEN", "ELSE", "END", "UNION", "EXISTS",
  "count", "collect", "sum", "min", "max", "avg", "size", "coalesce", "type", "toLower", "range",
];

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--sp-wedel)", fontWeight: "600" },
  { tag: tags.string, color: "var(--sp-jolawe)" },
  { tag: tags.comment, color: "var(--sp-mute)", fontStyle: "italic" },
  { tag: tags.atom, color: "var(--n-data)" },
  { tag: [tags.standard(tags.variableName), tags.definition(tags.variableName)], color: "var(--n-service)" },
]);

const paper = EditorView.theme({
  "&": { color: "var(--sp-ink)", backgroundColor: "var(--sp-bg)", fontSize: "14px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: '"IBM Plex Mono", ui-monospace, monospace', lineHeight: "1.55", minHeight: "190px", maxHeight: "420px" },
  ".cm-content": { caretColor: "var(--sp-ink)", padding: "10px 0" },
  ".cm-cursor": { borderLeftColor: "var(--sp-ink)" },
  ".cm-gutters": { backgroundColor: "var(--sp-sheet)", color: "var(--sp-mute)", border: "0" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--sp-wedel-tint) 55%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "color-mix(in srgb, var(--sp-wedel) 28%, transparent)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--sp-wedel-tint)", outline: "1px solid var(--sp-wedel)" },
  ".cm-placeholder": { color: "var(--sp-mute)" },
  ".cm-tooltip": { backgroundColor: "var(--sp-bg)", color: "var(--sp-ink)", border: "1px solid var(--sp-line)", borderRadius: "3px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: '"IBM Plex Sans", sans-serif', fontSize: "14px", maxHeight: "14em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "4px 8px", color: "var(--sp-ink)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--sp-wedel-tint)", color: "var(--sp-ink)", boxShadow: "inset 3px 0 0 var(--sp-wedel)" },
  ".cm-completionDetail": { color: "var(--sp-mute)", fontStyle: "normal", fontSize: "13px" },
  ".cm-completionMatchedText": { textDecorationColor: "var(--sp-wedel)" },
  ".cm-tooltip.cm-completionInfo": { padding: "6px 10px", fontSize: "13.5px", maxWidth: "320px" },
  ".cm-diagnostic": { fontFamily: '"IBM Plex Sans", sans-serif', fontSize: "14px", whiteSpace: "pre-wrap", padding: "6px 10px" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--sp-soga)" },
});

const BEFORE = 400; // characters read back from the cursor
const word = (at, length, options) => ({ from: at - length, options, validFor: /^\w*$/ });
const named = (things, type) => things.map((x) => ({ label: x.name, detail: x.detail, info: x.info || undefined, type, boost: 2 }));

/** The label or relation that a variable has in the text: the first pattern that names one. */
function declaredBy(text, variable, { labels, relations }) {
  const found = new RegExp(`([(\\[])\\s*${variable}\\s*:\\s*(\\w+)`).exec(text);
  return found && (found[1] === "(" ? labels : relations).find((x) => x.name === found[2]);
}

function everyProperty({ labels, relations }) {
  const all = new Map([...labels, ...relations].flatMap((x) => x.properties).map((p) => [p.name, p]));
  return [...all.values()];
}

/** What may stand at the cursor, by what stands before it. */
export function proposals(text, at, settings) {
  const before = text.slice(Math.max(0, at - BEFORE), at);
  const typed = /\w*$/.exec(before)[0].length;
  if (/\[[^\](){}]*:[\w|]*$/.test(before)) return word(at, typed, named(settings.relations, "interface"));
  if (/\([^()[\]{}]*:[\w|]*$/.test(before)) return word(at, typed, named(settings.labels, "class"));
  let m = /[([]\s*\w*\s*:\s*(\w+)[^(){}[\]]*\{[^{}]*?(?:\{|,)?\s*\w*$/.exec(before);
  if (m && !/:\s*[^,{}]*$/.test(before.slice(before.lastIndexOf("{")))) {
    const kind = [...settings.labels, ...settings.relations].find((x) => x.name === m[1]);
    if (kind) return word(at, typed, named(kind.properties, "property"));
  }
  m = /(?:^|[^\w.])([A-Za-z_]\w*)\.\w*$/.exec(before);
  if (m) return word(at, typed, named(declaredBy(text, m[1], settings)?.properties ?? everyProperty(settings), "property"));
  if (/\$\w*$/.test(before)) return word(at, typed, settings.parameters.map((label) => ({ label, type: "variable" })));
  if (/(?:'|")[^'"\n]*$/.test(before.slice(before.lastIndexOf("\n") + 1)) && (before.slice(before.lastIndexOf("\n") + 1).match(/['"]/g) || []).length % 2) return null;
  const variables = new Set([...text.matchAll(/[([]\s*([A-Za-z_]\w*)\s*:/g)].map((x) => x[1]));
  return word(at, typed, [
    ...KEYWORDS.map((label) => ({ label, type: "keyword" })),
    ...[...variables].map((label) => ({ label, type: "variable", boost: 1 })),
    ...settings.snippets.map((s) => snippetCompletion(s.text.replace(/[#$](?=\{)/g, "\\$&"), { label: s.name, detail: s.question, type: "text", boost: -10 })),
  ]);
}

function completions(box) {
  return (context) => {
    if (!context.explicit && !context.matchBefore(/[\w$.:|]/)) return null;
    return proposals(context.state.doc.toString(), context.pos, box.settings);
  };
}

function mark(view, marks) {
  const end = view.state.doc.length;
  const inside = marks.map((m) => ({ ...m, from: Math.min(m.from, end), to: Math.min(m.to, end) }));
  view.dispatch(setDiagnostics(view.state, inside));
}

const boxes = new WeakMap();

function open(parent, data) {
  const box = { settings: data.settings, sent: data.text };
  const text = () => box.view.state.doc.toString();
  const tell = () => {
    if (text() === box.sent) return;
    box.sent = text();
    box.state("text", box.sent);
  };
  box.run = () => {
    box.sent = text();
    box.trigger("run", { text: box.sent, at: Date.now() });
    return true;
  };
  const host = parent.querySelector(".cy-host");
  box.view = new EditorView({
    parent: host,
    root: host.getRootNode(),
    state: EditorState.create({
      doc: data.text,
      extensions: [
        lineNumbers(), lintGutter(), history(), drawSelection(), bracketMatching(), closeBrackets(), highlightActiveLine(),
        StreamLanguage.define(cypher), syntaxHighlighting(colours), paper, placeholder(data.words.placeholder), EditorView.lineWrapping,
        autocompletion({ override: [completions(box)] }),
        // Tab takes a proposal while a list is open; otherwise it leaves the field, so none is caught in it.
        keymap.of([{ key: "Mod-Enter", run: box.run }, { key: "Tab", run: acceptCompletion }, ...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap]),
        EditorView.contentAttributes.of({ "aria-label": data.words.label, "aria-describedby": "cy-hint", lang: "en", spellcheck: "false" }),
        EditorView.domEventHandlers({ blur: (event) => { if (event.relatedTarget !== box.button) tell(); } }),
      ],
    }),
  });
  box.button = parent.querySelector(".cy-run");
  box.button.onclick = box.run;
  return box;
}

export default function editor({ data, parentElement, setStateValue, setTriggerValue }) {
  let box = boxes.get(parentElement);
  if (!box) {
    box = open(parentElement, data);
    box.revision = data.revision;
    boxes.set(parentElement, box);
  }
  Object.assign(box, { settings: data.settings, state: setStateValue, trigger: setTriggerValue });
  if (box.revision !== data.revision) {
    box.revision = data.revision;
    box.sent = data.text;
    box.view.dispatch({ changes: { from: 0, to: box.view.state.doc.length, insert: data.text } });
  }
  if (box.marked !== data.marked) {
    box.marked = data.marked;
    mark(box.view, data.marks);
  }
  box.button.textContent = data.words.run;
  parentElement.querySelector(".cy-hint").textContent = data.words.hint;
  parentElement.querySelector(".cy-host").dataset.ready = "1";
  return () => {
    box.view.destroy();
    boxes.delete(parentElement);
  };
}
