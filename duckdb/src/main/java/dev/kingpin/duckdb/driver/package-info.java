/**
 * The door to DuckDB's driver: what Kingpin needs beyond plain JDBC, and how the native library is
 * loaded. Classes that name {@code org.duckdb} types live in {@code jdbc} below; they are reached
 * through {@link dev.kingpin.duckdb.driver.Drivers} only.
 */
@NullMarked
package dev.kingpin.duckdb.driver;

import org.jspecify.annotations.NullMarked;
