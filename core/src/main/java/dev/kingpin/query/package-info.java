/**
 * What is asked: one immutable query, whichever words it came from, checked once against a table.
 */
@NullMarked
package dev.kingpin.query;

import org.jspecify.annotations.NullMarked;
