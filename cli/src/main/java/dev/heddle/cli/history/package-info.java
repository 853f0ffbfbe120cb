/** Pure functions over a workspace's operations: fold, undo, diff, version at a time. */
package dev.heddle.cli.history;
