import "./styles.css";
import { takeToken } from "./net/token";
import { showHome } from "./ui/home";
import { placeOf } from "./ui/paths";
import { WorkspaceView } from "./ui/workspace";

const root = document.getElementById("app") as HTMLElement;
let view: WorkspaceView | null = null;
let leaveHome: (() => void) | null = null;

function route(): void {
  const place = placeOf(location.hash);
  if (place.workspace === null) {
    view?.close();
    view = null;
    leaveHome = showHome(root);
    return;
  }
  leaveHome?.();
  leaveHome = null;
  if (view?.name !== place.workspace) {
    view?.close();
    view = new WorkspaceView(root, place.workspace);
  }
  view.show(place.path);
}

window.addEventListener("hashchange", (event) => {
  takeToken();
  const place = placeOf(new URL(event.newURL).hash);
  if (view !== null && place.workspace !== view.name && view.unsent > 0) {
    if (!window.confirm(`${view.unsent} edits are not yet with the server. Leave all the same?`)) {
      history.replaceState(null, "", event.oldURL);
      return;
    }
  }
  route();
});
takeToken();
route();
