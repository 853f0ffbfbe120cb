/** What a service's container runs beside the service; the clock and the end of the process belong here. */
package dev.heddle.schemas.runtime;
