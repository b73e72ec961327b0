/** Table sources and sinks by way of an embedded SQL engine. */
@NullMarked
package dev.kingpin.duckdb;

import org.jspecify.annotations.NullMarked;
