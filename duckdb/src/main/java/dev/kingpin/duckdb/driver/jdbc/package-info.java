/**
 * The only classes that name {@code org.duckdb} types. They may be loaded by a class loader of
 * their own, so nothing outside may refer to them.
 */
@NullMarked
package dev.kingpin.duckdb.driver.jdbc;

import org.jspecify.annotations.NullMarked;
