import { type LanguageSupport, StreamLanguage } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

type Loader = () => Promise<Extension>;

function of(load: () => Promise<LanguageSupport>): Loader {
  return load;
}

/** Each language is a file of its own, fetched when the first file of that kind is opened. */
const languages: Readonly<Record<string, Loader>> = {
  javascript: of(async () => (await import("@codemirror/lang-javascript")).javascript({ jsx: true })),
  typescript: of(async () => (await import("@codemirror/lang-javascript")).javascript({ jsx: true, typescript: true })),
  java: of(async () => (await import("@codemirror/lang-java")).java()),
  python: of(async () => (await import("@codemirror/lang-python")).python()),
  rust: of(async () => (await import("@codemirror/lang-rust")).rust()),
  json: of(async () => (await import("@codemirror/lang-json")).json()),
  markdown: of(async () => (await import("@codemirror/lang-markdown")).markdown()),
  html: of(async () => (await import("@codemirror/lang-html")).html()),
  css: of(async () => (await import("@codemirror/lang-css")).css()),
  xml: of(async () => (await import("@codemirror/lang-xml")).xml()),
  sql: of(async () => (await import("@codemirror/lang-sql")).sql()),
  yaml: of(async () => (await import("@codemirror/lang-yaml")).yaml()),
  cpp: of(async () => (await import("@codemirror/lang-cpp")).cpp()),
  go: of(async () => (await import("@codemirror/lang-go")).go()),
  shell: async () => StreamLanguage.define((await import("@codemirror/legacy-modes/mode/shell")).shell),
  toml: async () => StreamLanguage.define((await import("@codemirror/legacy-modes/mode/toml")).toml),
  properties: async () => StreamLanguage.define((await import("@codemirror/legacy-modes/mode/properties")).properties),
  dockerfile: async () => StreamLanguage.define((await import("@codemirror/legacy-modes/mode/dockerfile")).dockerFile),
  ruby: async () => StreamLanguage.define((await import("@codemirror/legacy-modes/mode/ruby")).ruby),
  kotlin: async () => StreamLanguage.define((await import("@codemirror/legacy-modes/mode/clike")).kotlin),
  scala: async () => StreamLanguage.define((await import("@codemirror/legacy-modes/mode/clike")).scala),
  csharp: async () => StreamLanguage.define((await import("@codemirror/legacy-modes/mode/clike")).csharp),
};

const extensions: Readonly<Record<string, string>> = {
  js: "javascript", mjs: "javascript", cjs: "javascript", jsx: "javascript",
  ts: "typescript", mts: "typescript", cts: "typescript", tsx: "typescript",
  java: "java", py: "python", pyi: "python", rs: "rust",
  json: "json", jsonl: "json", avsc: "json", webmanifest: "json",
  md: "markdown", markdown: "markdown",
  html: "html", htm: "html", vue: "html", svelte: "html",
  css: "css", xml: "xml", svg: "xml", xsd: "xml", pom: "xml",
  sql: "sql", yaml: "yaml", yml: "yaml",
  c: "cpp", h: "cpp", cc: "cpp", cpp: "cpp", cxx: "cpp", hpp: "cpp",
  go: "go", sh: "shell", bash: "shell", zsh: "shell",
  toml: "toml", properties: "properties", ini: "properties", conf: "properties",
  rb: "ruby", kt: "kotlin", kts: "kotlin", scala: "scala", cs: "csharp",
};

/** The name of the language that a path's last segment tells, or null for plain text. */
export function languageOf(path: string): string | null {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  if (name === "dockerfile") {
    return "dockerfile";
  }
  return extensions[name.slice(name.lastIndexOf(".") + 1)] ?? null;
}

/** Fetches what the editor needs for a file of that path: highlighting for code, lines wrapped for prose. */
export async function loadLanguage(path: string): Promise<Extension> {
  const language = languageOf(path);
  const wrapped = language === null || language === "markdown" ? EditorView.lineWrapping : [];
  return language === null ? wrapped : [wrapped, (await languages[language]?.()) ?? []];
}
