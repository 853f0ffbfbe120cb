/** A workspace as files: the export file format, a git repository, a folder; and a folder as a workspace. */
package dev.heddle.cli.export;
