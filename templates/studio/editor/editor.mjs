// The editor of the studio: CodeMirror 6 with what a leaflet needs. make.sh bundles it.
import {EditorState, RangeSetBuilder} from "@codemirror/state";
import {
  Decoration, EditorView, ViewPlugin, WidgetType, drawSelection, highlightActiveLine,
  highlightSpecialChars, keymap, lineNumbers,
} from "@codemirror/view";
import {defaultKeymap, history, historyKeymap} from "@codemirror/commands";
import {HighlightStyle, syntaxHighlighting} from "@codemirror/language";
import {highlightSelectionMatches, searchKeymap} from "@codemirror/search";
import {lintGutter, setDiagnostics} from "@codemirror/lint";
import {markdown} from "@codemirror/lang-markdown";
import {tags} from "@lezer/highlight";

const colours = HighlightStyle.define([
  {tag: tags.heading, color: "var(--brand-text)", fontWeight: "bold"},
  {tag: tags.strong, fontWeight: "bold"},
  {tag: tags.emphasis, fontStyle: "italic"},
  {tag: tags.link, color: "var(--brand-text)", textDecoration: "underline"},
  {tag: tags.processingInstruction, color: "var(--quiet)"},
]);

const theme = EditorView.theme({
  "&": {height: "100%", backgroundColor: "var(--card)", color: "var(--ink)"},
  ".cm-scroller": {fontFamily: "var(--mono)", lineHeight: "1.6", overflow: "auto"},
  ".cm-gutters": {backgroundColor: "var(--card)", color: "var(--quiet)", border: "none"},
  ".cm-activeLine, .cm-activeLineGutter": {backgroundColor: "var(--tint)"},
  ".cm-cursor": {borderInlineStartColor: "var(--ink)", borderInlineStartWidth: "2px"},
  "&.cm-focused": {outline: "3px solid var(--focus)", outlineOffset: "-3px"},
  ".cm-selectionBackground, &.cm-focused .cm-selectionBackground": {
    backgroundColor: "var(--selection) !important"},
  ".cm-fact": {backgroundColor: "var(--tint)", borderRadius: "4px"},
  ".cm-fence": {color: "var(--quiet)"},
  ".cm-chip": {backgroundColor: "var(--tint)", color: "var(--brand-text)", borderRadius: "6px",
    padding: "0 .4em", fontWeight: "600", fontFamily: "var(--sans)"},
  ".cm-end": {color: "var(--quiet)", fontSize: ".8rem", lineHeight: "1"},
  ".cm-icon, .cm-source": {border: "1px solid var(--edge)", color: "var(--quiet)", borderRadius: "6px",
    padding: "0 .3em", fontSize: ".8em", fontFamily: "var(--sans)"},
  "&.words .cm-scroller": {fontFamily: "var(--sans)", fontSize: "1.05rem"},
  ".cm-block": {borderInlineStart: "4px solid var(--brand)", paddingInlineStart: ".6rem",
    backgroundColor: "var(--tint)"},
  ".cm-block-name": {fontWeight: "700", color: "var(--brand-text)"},
  ".cm-front, .cm-front *": {color: "var(--quiet) !important", fontWeight: "400 !important",
    fontSize: ".95rem"},
  ".cm-strong": {fontWeight: "700"},
  ".cm-title": {fontSize: "1.25em", fontWeight: "800"},
});

class Chip extends WidgetType {
  constructor(words, kind = "cm-chip") { super(); this.words = words; this.kind = kind; }
  eq(other) { return other.words === this.words && other.kind === this.kind; }
  toDOM() {
    const chip = document.createElement("span");
    chip.className = this.kind;
    chip.textContent = this.words;
    return chip;
  }
  ignoreEvent() { return false; }
}

// The words view: over the same text, marks are hidden on every line where nobody is typing.
const MARK = /\*\*|\{\{\s*([\w.]+)\s*\}\}|(?<![\w:]):([a-z][a-z0-9-]*):(?![\w:])|\[(@[^\]]*)\]/g;

// The name of a block, and what it is only for, as people say them.
function named(name) {
  const words = name.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
function onlyFor(title) {
  const told = title.split(";").map(part => {
    const [, key, not, values] = /^\s*(\w+):\s*(not )?(.*)$/.exec(part) || [0, "", "", part];
    const where = {format: "in", region: "in", medium: "in"}[key] || (key ? `with the ${key}` : "");
    return `${not ? "not " : ""}${where} ${values.replaceAll("-", " ").trim()}`;
  }).join(" and ");
  return told.startsWith("not ") ? named(told) : `Only ${told}`;
}

function worded(view, facts) {
  const builder = new RangeSetBuilder();
  const doc = view.state.doc;
  const at = view.hasFocus ? doc.lineAt(view.state.selection.main.head).number : 0;
  const open = [];
  let front = doc.line(1).text.trim() === "---";
  for (let n = 1; n <= doc.lines; n++) {
    const line = doc.line(n), fence = /^\/{3,}\s*(.*)$/.exec(line.text);
    if (front) {
      builder.add(line.from, line.from, Decoration.line({class: "cm-front"}));
      if (n > 1 && line.text.trim() === "---") front = false;
      continue;
    }
    const heading = /^(#{1,6})\s+/.exec(line.text);
    if (fence || open.length) builder.add(line.from, line.from, Decoration.line({class: "cm-block"}));
    if (heading) builder.add(line.from, line.from, Decoration.line({class: "cm-title"}));
    let shut = "";
    if (fence && fence[1].trim()) open.push(fence[1].split("|")[0].trim());
    else if (fence) shut = open.pop() || "";
    if (n === at) continue;
    if (fence) {
      const [name, title] = fence[1].split("|").map(part => part.trim());
      const plainly = text => text.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, fact) => facts[fact] || fact);
      const words = !name ? "" : !title || title === "-" ? named(name)
        : name === "only" ? onlyFor(title) : `${named(name)}: ${title}`;
      builder.add(line.from, line.to, Decoration.replace({widget: words
        ? new Chip(plainly(words)) : new Chip(`end of ${named(shut).toLowerCase()}`, "cm-end")}));
      continue;
    }
    if (heading) builder.add(line.from, line.from + heading[0].length, Decoration.replace({}));
    let bold = -1;
    const found = [];
    for (const match of line.text.matchAll(MARK)) {
      const from = line.from + match.index, to = from + match[0].length;
      if (match[1]) {
        found.push([from, to, Decoration.replace({widget: new Chip(facts[match[1]] || match[1].split(".").pop().replaceAll("_", " "))})]);
      } else if (match[2]) {
        found.push([from, to, Decoration.replace({widget: new Chip(match[2], "cm-icon")})]);
      } else if (match[3]) {
        const many = match[3].split(";").length;
        found.push([from, to, Decoration.replace({widget: new Chip(many > 1 ? `${many} sources` : "source", "cm-source")})]);
      } else {
        if (bold >= 0) found.push([bold, from, Decoration.mark({class: "cm-strong"})]);
        found.push([from, to, Decoration.replace({})]);
        bold = bold < 0 ? to : -1;
      }
    }
    found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    for (const [from, to, mark] of found) if (to > from) builder.add(from, to, mark);
  }
  return builder.finish();
}

function wordsView(facts) {
  return ViewPlugin.fromClass(class {
    constructor(view) { this.decorations = worded(view, facts); }
    update(update) {
      if (update.docChanged || update.selectionSet || update.viewportChanged || update.focusChanged)
        this.decorations = worded(update.view, facts);
    }
  }, {decorations: plugin => plugin.decorations});
}

export function edit({parent, text, label, nonce, direction, readOnly, changed, moved, save, words, facts}) {
  const view = new EditorView({
    parent,
    state: EditorState.create({doc: text, extensions: [
      EditorView.cspNonce.of(nonce),
      ...(words ? [] : [lineNumbers()]),
      highlightSpecialChars(), history(), drawSelection(), highlightActiveLine(),
      highlightSelectionMatches(), lintGutter(), EditorView.lineWrapping,
      markdown(), syntaxHighlighting(colours), theme,
      ...(words ? [wordsView(facts || {}), EditorView.editorAttributes.of({class: "words"})] : []),
      EditorState.readOnly.of(readOnly),
      EditorView.contentAttributes.of({"aria-label": label, spellcheck: "true", tabindex: "0", dir: direction || "ltr"}),
      keymap.of([
        {key: "Mod-s", preventDefault: true, run: () => { save(); return true; }},
        ...defaultKeymap, ...historyKeymap, ...searchKeymap,
      ]),
      EditorView.updateListener.of(update => {
        if (update.docChanged) changed(update.state.doc.toString());
        else if (update.selectionSet) moved(update.state.doc.lineAt(update.state.selection.main.head).number);
      }),
    ]}),
  });
  // The facts at the top are seldom changed: the words come first, the facts a scroll away.
  const body = /^---[ ]*\n(?:.*?\n)?---[ ]*\n+/s.exec(text);
  if (body && words) view.dispatch({selection: {anchor: body[0].length},
    effects: EditorView.scrollIntoView(body[0].length, {y: "start"})});
  return {
    view,
    text: () => view.state.doc.toString(),
    focus: () => view.focus(),
    destroy: () => view.destroy(),
    insert(words) {
      view.dispatch(view.state.replaceSelection(words));
      view.focus();
    },
    go(number) {
      const line = view.state.doc.line(Math.max(1, Math.min(number, view.state.doc.lines)));
      view.dispatch({selection: {anchor: line.from, head: line.to},
        effects: EditorView.scrollIntoView(line.from, {y: "center"})});
      view.focus();
    },
    mark(findings) {
      const doc = view.state.doc;
      view.dispatch(setDiagnostics(view.state, findings.filter(one => one.line).map(one => {
        const line = doc.line(Math.max(1, Math.min(one.line, doc.lines)));
        return {from: line.from, to: line.to, message: one.text,
          severity: {error: "error", warning: "warning"}[one.tone] || "info"};
      })));
    },
  };
}
