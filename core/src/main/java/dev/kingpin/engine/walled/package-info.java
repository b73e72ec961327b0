/** Logical workers in one JVM that share nothing: all that crosses between them is bytes. */
@NullMarked
package dev.kingpin.engine.walled;

import org.jspecify.annotations.NullMarked;
