/**
 * {@code ./heddle dev}: broker, registry and the three services in one process, on 127.0.0.1, with their data in
 * one folder.
 *
 * <p>The services are started through their service classes and ordinary settings only, as they would be apart.
 */
package dev.heddle.standalone;
