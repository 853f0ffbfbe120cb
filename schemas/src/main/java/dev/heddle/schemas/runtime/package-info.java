/** The one place of this module that asks the machine for time and waiting. */
package dev.heddle.schemas.runtime;
