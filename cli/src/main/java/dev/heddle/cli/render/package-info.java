/** What people see: colours, tables, progress, relative times. Knows nothing of Heddle. */
package dev.heddle.cli.render;
