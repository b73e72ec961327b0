/**
 * How a query is executed: work counts of all groups turned into an order and a way for each group.
 */
@NullMarked
package dev.kingpin.plan;

import org.jspecify.annotations.NullMarked;
