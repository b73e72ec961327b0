/** The engine for one machine: threads that share memory. */
@NullMarked
package dev.kingpin.engine.local;

import org.jspecify.annotations.NullMarked;
