const KEY = "heddle.token";

/**
 * Takes a token out of the address (`#token=…`, or `…&token=…` behind a workspace), so that it is neither kept in the
 * history nor passed on with a link; it lasts as long as the tab. Call it before the address is read.
 */
export function takeToken(): void {
  const match = /[#&]token=([\w.-]+)/.exec(location.hash);
  if (match?.[1] !== undefined) {
    sessionStorage.setItem(KEY, match[1]);
    const rest = location.hash.replace(match[0], "");
    history.replaceState(null, "", `${location.pathname}${location.search}${rest}`);
  }
}

/** The token of this tab, or null where the server lets everybody in. */
export function currentToken(): string | null {
  return sessionStorage.getItem(KEY);
}
