/** The one place that may ask the world for time, ids and exit. */
package dev.heddle.gateway.runtime;
