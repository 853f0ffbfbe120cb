/** The one package of the transformer that asks the world for time and lets threads wait. */
package dev.heddle.transformer.runtime;
