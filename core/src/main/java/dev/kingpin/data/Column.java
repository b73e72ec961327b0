package dev.kingpin.data;

/**
 * A named, typed column of a table.
 *
 * @param name as the source spells it
 * @param type what its values are
 */
public record Column(String name, ColumnType type) {}
