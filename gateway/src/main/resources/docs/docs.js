// Shows the contracts: REST with Swagger UI, the rest as tables. It knows how the AsyncAPI document is laid out: two spaces
// per level.
"use strict";

function row(table, cells) {
  const line = document.querySelector(`#${table} tbody`).insertRow();
  for (const cell of cells) {
    line.insertCell().textContent = cell;
  }
}

/** The lines of one section. */
function section(text, from, to) {
  return text.slice(text.indexOf(from), text.indexOf(to)).split("\n");
}

/** A folded text: the lines from one on that are indented further than its key. */
function block(lines, from) {
  const words = [];
  for (let at = from; /^ {8}/.test(lines[at] ?? ""); at++) {
    words.push(lines[at].trim());
  }
  return words.join(" ");
}

function messages(text) {
  const lines = section(text, "\n  messages:\n", "\n  schemas:\n");
  lines.forEach((line, at) => {
    const name = /^ {4}([a-z]\w+):(.*)$/.exec(line);
    if (name) {
      const inline = /summary: "?([^"}]*)/.exec(name[2]);
      const below = /^ {6}summary: (?!>)(.*)$/.exec(lines[at + 1] ?? "");
      const folded = /^ {6}summary: >/.test(lines[at + 1] ?? "") ? block(lines, at + 2) : "";
      row("messages", [name[1], inline?.[1] ?? below?.[1] ?? folded]);
    }
  });
}

function channels(text) {
  for (const line of section(text, "\nchannels:\n", "\noperations:\n")) {
    const topic = /^ {2}\w+: \{address: "?([^",]+?)"?, .*#\/components\/messages\/(\w+)/.exec(line);
    if (topic) {
      row("channels", [topic[1], topic[2]]);
    }
  }
}

SwaggerUIBundle({
  url: "openapi.yaml",
  dom_id: "#swagger",
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  // The page may load nothing from elsewhere, a validator's badge least of all.
  validatorUrl: null,
});
fetch("asyncapi.yaml").then((response) => response.text()).then((text) => {
  document.getElementById("asyncapi").textContent = text;
  messages(text);
  channels(text);
});
