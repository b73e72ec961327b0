/** Benchmarks: gate first, then time. */
@NullMarked
package dev.kingpin.bench;

import org.jspecify.annotations.NullMarked;
