/** What an installation costs as its workspaces grow in number; the figures of docs/guides/growing.md. */
package dev.heddle.bench.growing;
