import { EditorSelection, type Extension, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, layer, RectangleMarker, WidgetType } from "@codemirror/view";

/** Where another person is in this file; positions in the editor's own units. */
export interface Peer {
  readonly session: string;
  readonly name: string;
  readonly color: string;
  readonly anchor: number;
  readonly head: number;
}

/** Says where one person is. */
export const movePeer = StateEffect.define<Peer>();

/** Says that one person is not in this file. */
export const removePeer = StateEffect.define<string>();

type Peers = ReadonlyMap<string, Peer>;

/** Where everybody else is; carets go along with edits, one's own edit carries one's caret behind the new text. */
export const peers = StateField.define<Peers>({
  create: () => new Map(),
  update(value, transaction) {
    let next: Map<string, Peer> | null = null;
    if (transaction.docChanged && value.size > 0) {
      next = new Map();
      for (const peer of value.values()) {
        const anchor = transaction.changes.mapPos(peer.anchor, 1);
        next.set(peer.session, { ...peer, anchor, head: transaction.changes.mapPos(peer.head, 1) });
      }
    }
    for (const effect of transaction.effects) {
      if (effect.is(movePeer)) {
        next ??= new Map(value);
        next.set(effect.value.session, clamp(effect.value, transaction.newDoc.length));
      } else if (effect.is(removePeer)) {
        next ??= new Map(value);
        next.delete(effect.value);
      }
    }
    return next ?? value;
  },
  provide: (field) => EditorView.decorations.compute([field], (state) => decorate(state.field(field))),
});

function clamp(peer: Peer, length: number): Peer {
  return { ...peer, anchor: Math.min(peer.anchor, length), head: Math.min(peer.head, length) };
}

/** A person's caret, with the name on a flag above it. */
class Caret extends WidgetType {
  constructor(
    private readonly name: string,
    private readonly color: string,
  ) {
    super();
  }

  override eq(other: Caret): boolean {
    return other.name === this.name && other.color === this.color;
  }

  override toDOM(): HTMLElement {
    const caret = document.createElement("span");
    caret.className = "peer-caret";
    caret.setAttribute("aria-hidden", "true");
    caret.style.setProperty("--peer", this.color);
    const flag = document.createElement("span");
    flag.className = "peer-flag";
    flag.textContent = this.name;
    caret.append("\u2060", flag);
    return caret;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

function decorate(value: Peers): DecorationSet {
  const carets = [...value.values()].map((peer) =>
    Decoration.widget({ widget: new Caret(peer.name, peer.color), side: 1 }).range(peer.head),
  );
  return Decoration.set(carets, true);
}

/** A stretch that another person has selected. */
class PeerSelection extends RectangleMarker {
  constructor(private readonly color: string, marker: RectangleMarker) {
    super("peer-selection", marker.left, marker.top, marker.width, marker.height);
  }

  override draw(): HTMLDivElement {
    const element = super.draw();
    element.style.setProperty("--peer", this.color);
    return element;
  }

  override update(element: HTMLElement, previous: PeerSelection): boolean {
    return super.update(element, previous) && previous.color === this.color;
  }
}

const selections = layer({
  above: false,
  class: "peer-selections",
  update: (update) => update.docChanged || update.viewportChanged || update.startState.field(peers) !== update.state.field(peers),
  markers: (view) => {
    const markers: PeerSelection[] = [];
    for (const peer of view.state.field(peers).values()) {
      if (peer.anchor !== peer.head) {
        const range = EditorSelection.range(peer.anchor, peer.head);
        for (const marker of RectangleMarker.forRange(view, "peer-selection", range)) {
          markers.push(new PeerSelection(peer.color, marker));
        }
      }
    }
    return markers;
  },
});

/** Shows where the others are. */
export const showPeers: Extension = [peers, selections];
