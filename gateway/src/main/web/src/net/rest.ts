import type { OperationMessage } from "../core/messages";
import { currentToken } from "./token";

/** A refusal by the server, with the sentence it gave. */
export class RequestError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

export interface WorkspaceSummary {
  readonly name: string;
}

export interface ListedFile {
  readonly file: string;
  readonly path: string;
  readonly length?: number;
  readonly version?: number;
}

const REQUEST_DEADLINE_MS = 15_000;
/** What is older than the server keeps at hand is rebuilt by it, which takes its time the first time. */
const HISTORY_DEADLINE_MS = 120_000;

async function request(path: string, init: RequestInit = {}, deadlineMs = REQUEST_DEADLINE_MS): Promise<Response> {
  const token = currentToken();
  const headers = new Headers(init.headers);
  if (token !== null) {
    headers.set("Authorization", `Bearer ${token}`);
  }
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers, signal: AbortSignal.timeout(deadlineMs) });
  } catch {
    throw new RequestError("UNAVAILABLE", "The server cannot be reached.", 0);
  }
  if (!response.ok) {
    throw await problemOf(response);
  }
  return response;
}

async function problemOf(response: Response): Promise<RequestError> {
  try {
    const problem = (await response.json()) as { code?: string; detail?: string; title?: string };
    const message = problem.detail ?? problem.title ?? response.statusText;
    return new RequestError(problem.code ?? "", message, response.status);
  } catch {
    return new RequestError("", `The server answered ${response.status}.`, response.status);
  }
}

/** The URL path of a workspace, or of something below it. */
export function workspacePath(workspace: string, ...rest: string[]): string {
  return ["/api/workspaces", encodeURIComponent(workspace), ...rest].join("/");
}

/** A file's path with each segment encoded. */
export function filePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

export async function listWorkspaces(): Promise<WorkspaceSummary[]> {
  const list = (await (await request("/api/workspaces")).json()) as WorkspaceSummary[];
  return list.sort((a, b) => (a.name < b.name ? -1 : 1));
}

export async function createWorkspace(name: string): Promise<void> {
  await request("/api/workspaces", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name }),
  });
}

/** Does nothing if there is such a workspace, and throws if not. */
export async function requireWorkspace(name: string): Promise<void> {
  await request(workspacePath(name));
}

export async function listFiles(workspace: string): Promise<ListedFile[]> {
  const body: unknown = await (await request(workspacePath(workspace, "files"))).json();
  return (Array.isArray(body) ? body : (body as { files: ListedFile[] }).files) as ListedFile[];
}

/** A page of committed operations, oldest first. */
export interface OperationsPage {
  readonly ops: readonly OperationMessage[];
  readonly next?: number;
}

export async function listOperations(workspace: string, after: number, limit: number): Promise<OperationsPage> {
  const path = workspacePath(workspace, `ops?after=${after}&limit=${limit}`);
  return (await (await request(path)).json()) as OperationsPage;
}

/** A stretch of a text and the edit that put it there. */
export interface BlameRun {
  readonly text: string;
  readonly version: number;
  readonly author: string;
  readonly session: string;
  readonly time: number;
}

/** Who wrote what of a file, as of a version; the path is the one the file had then. */
export async function readBlame(workspace: string, path: string, version: number): Promise<readonly BlameRun[]> {
  const address = `${workspacePath(workspace, "files")}/${filePath(path)}/blame?version=${version}`;
  return ((await (await request(address, {}, HISTORY_DEADLINE_MS)).json()) as { runs: BlameRun[] }).runs;
}
