const NAME_KEY = "heddle.name";
const NAME_LENGTH_MAX = 60;

const first = ["Quiet", "Amber", "Swift", "Indigo", "Gentle", "Bright", "Woven", "Silver", "Nimble", "Madder"];
const second = ["Shuttle", "Bobbin", "Heron", "Loom", "Finch", "Spindle", "Fox", "Thread", "Otter", "Reed"];

function pick(words: readonly string[]): string {
  return words[Math.floor(Math.random() * words.length)] ?? "";
}

/** The name others see; kept in this browser, made up the first time. */
export function ownName(): string {
  const kept = localStorage.getItem(NAME_KEY);
  if (kept !== null && kept !== "") {
    return kept;
  }
  const name = `${pick(first)} ${pick(second)}`;
  localStorage.setItem(NAME_KEY, name);
  return name;
}

/** Keeps another name; gives it as it was kept. */
export function rename(name: string): string {
  const kept = [...name.trim()].slice(0, NAME_LENGTH_MAX).join("");
  if (kept !== "") {
    localStorage.setItem(NAME_KEY, kept);
  }
  return ownName();
}

/** The letters shown in a person's circle. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return words.slice(0, 2).map((word) => [...word][0] ?? "").join("").toUpperCase() || "?";
}
