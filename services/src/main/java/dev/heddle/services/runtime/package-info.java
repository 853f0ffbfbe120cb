/** The life of a service's process: clocks, waiting, start and end. Only here may a service ask the world for them. */
package dev.heddle.services.runtime;
