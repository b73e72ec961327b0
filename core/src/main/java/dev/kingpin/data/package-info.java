/**
 * From which rows: table sources, encoded columns, rows clustered by group, row blocks and the
 * statistics of each group.
 */
@NullMarked
package dev.kingpin.data;

import org.jspecify.annotations.NullMarked;
