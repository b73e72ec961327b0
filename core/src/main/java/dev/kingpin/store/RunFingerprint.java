package dev.kingpin.store;

/**
 * What must be the same for a killed run to be resumed. Each part is a text of any length; the
 * journal keeps its SHA-256, and names the parts that differ.
 *
 * @param query the canonical text of the query
 * @param data the hash of the rows
 * @param versions the versions of the program and of its formats
 */
public record RunFingerprint(String query, String data, String versions) {}
