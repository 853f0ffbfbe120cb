/** The highlighters of CodeMirror 5 that are used here; their package comes without typings of its own. */
declare module "@codemirror/legacy-modes/mode/*" {
  type StreamParser = import("@codemirror/language").StreamParser<unknown>;
  export const shell: StreamParser;
  export const toml: StreamParser;
  export const properties: StreamParser;
  export const dockerFile: StreamParser;
  export const ruby: StreamParser;
  export const kotlin: StreamParser;
  export const scala: StreamParser;
  export const csharp: StreamParser;
}
