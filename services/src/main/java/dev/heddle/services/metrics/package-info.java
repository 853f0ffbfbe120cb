/** What every service tells about itself. */
package dev.heddle.services.metrics;
