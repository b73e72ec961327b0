/** The facade: one tuned model per group. */
@NullMarked
package dev.kingpin;

import org.jspecify.annotations.NullMarked;
