/** The kingpin command: one class per verb. */
@NullMarked
package dev.kingpin.cli;

import org.jspecify.annotations.NullMarked;
