/**
 * The text algebra: immutable texts and the operations on them, with positions and lengths in Unicode code points.
 */
package dev.heddle.engine.text;
