/** Looks at an installation from outside and says what to do about what it finds; changes nothing. */
package dev.heddle.cli.doctor;
