package dev.kingpin.duckdb;

import dev.kingpin.data.Dictionary;
import dev.kingpin.duckdb.driver.VectorCursor;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A category column of a scan: its dictionary, and how its rows become codes.
 *
 * <p>Rows do not bring texts but DuckDB's 63-bit hash of the value, which costs a fraction of a
 * text on its way into the JVM. One GROUP BY beforehand has told which hash stands for which value;
 * should two values of the column share a hash, all are hashed once more with a salt until none do.
 *
 * @param hash SQL that gives a row's hash
 * @param codes what the hashes mean
 */
record Category(Dictionary dictionary, String hash, HashCodes codes) {
  private static final int SALTS = 8;

  /**
   * Reads the distinct values of a column.
   *
   * @param rows what stands behind FROM, with the scan's condition
   * @param key SQL of the category's key
   * @param shortest as in {@link Field}
   */
  static Category read(Session session, String rows, String key, boolean shortest)
      throws SQLException {
    for (int salt = 0; salt < SALTS; salt++) {
      String hash = hash(key, salt);
      List<String> values = new ArrayList<>();
      HashCodes codes = new HashCodes();
      String distinct = "(SELECT " + key + " AS k FROM " + rows + " GROUP BY ALL)";
      String sql =
          String.format(
              Locale.ROOT,
              "SELECT CAST(k AS VARCHAR), %s FROM %s ORDER BY k NULLS LAST",
              hash("k", salt),
              distinct);
      try (VectorCursor cursor = session.cursor(sql)) {
        if (collect(cursor, values, codes, shortest)) {
          return new Category(new Dictionary(values), hash, codes);
        }
      }
    }
    throw new IllegalStateException("Values whose hashes never differ in " + key);
  }

  private static String hash(String key, int salt) {
    String arguments = salt == 0 ? key : key + ", " + salt;
    return "CAST(hash(" + arguments + ") >> 1 AS BIGINT)";
  }

  private static boolean collect(
      VectorCursor cursor, List<String> values, HashCodes codes, boolean shortest) {
    long[] hash = new long[1];
    for (int rows = cursor.next(); rows >= 0; rows = cursor.next()) {
      for (int r = 0; r < rows; r++) {
        cursor.longs(1, r, 1, hash, 0);
        @Nullable String text = cursor.text(0, r);
        int code = text == null ? Dictionary.NULL : values.size();
        if (text != null) {
          values.add(shortest ? Texts.shortest(text) : text);
        }
        if (!codes.add(hash[0], code)) {
          return false;
        }
      }
    }
    return true;
  }
}
