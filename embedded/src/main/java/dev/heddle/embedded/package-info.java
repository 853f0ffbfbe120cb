/** See the module's README. */
package dev.heddle.embedded;
