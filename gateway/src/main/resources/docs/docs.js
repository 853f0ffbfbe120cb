// Shows the contracts as tables. It knows only how these two documents are laid out: two spaces per level.
"use strict";

async function load(name) {
  const response = await fetch(name);
  return response.text();
}

function row(table, cells) {
  const line = document.querySelector(`#${table} tbody`).insertRow();
  for (const cell of cells) {
    line.insertCell().textContent = cell;
  }
}

function calls(text) {
  let path = "";
  let method = "";
  for (const line of text.split("\n")) {
    const address = /^ {2}(\/\S*):$/.exec(line);
    const verb = /^ {4}(get|put|post|patch|delete):$/.exec(line);
    const summary = /^ {6}summary: (.*)$/.exec(line);
    if (address) {
      path = address[1];
    } else if (verb) {
      method = verb[1];
    } else if (summary) {
      row("calls", [method, path, summary[1]]);
    }
  }
}

function messages(text) {
  const lines = text.slice(text.indexOf("\n  messages:\n"), text.indexOf("\n  schemas:\n")).split("\n");
  lines.forEach((line, at) => {
    const name = /^ {4}(\w+):(.*)$/.exec(line);
    if (name) {
      const inline = /summary: "?([^"}]*)/.exec(name[2]);
      const below = /^ {6}summary: (?!>)(.*)$/.exec(lines[at + 1] ?? "");
      row("messages", [name[1], inline?.[1] ?? below?.[1] ?? ""]);
    }
  });
}

load("openapi.yaml").then((text) => {
  document.getElementById("openapi").textContent = text;
  calls(text);
});
load("asyncapi.yaml").then((text) => {
  document.getElementById("asyncapi").textContent = text;
  messages(text);
});
